/** The archive's triggers: messages of files that are ready, and the timer for what no message tells. */
import { app } from '@azure/functions';
import { openApp, recordingQueue } from '../shared/app.ts';
import { archiveRecording } from '../shared/recordings/archive.ts';
import type { FilesMessage } from '../shared/recordings/file-event.ts';
import { keepRecordings } from '../shared/recordings/housekeeping.ts';

// Files of any size are answered as they are read.
app.setup({ enableHttpStream: true });

app.storageQueue('archiveRecording', {
  queueName: recordingQueue,
  connection: 'AzureWebJobsStorage',
  handler: (message, context) => {
    const { ledger, archive } = openApp(context);
    return archiveRecording(ledger, archive, message as FilesMessage);
  },
});

app.timer('recordingHousekeeping', {
  schedule: '15 */5 * * * *',
  handler: (_timer, context) => {
    const { ledger, archive } = openApp(context);
    return keepRecordings(ledger, archive);
  },
});
