/** The archive's triggers: messages of files that are ready, and the timer for what no message tells. */
import { app } from '@azure/functions';
import { openApp, recordingQueue } from '../shared/app.ts';
import { archiveRecording } from '../shared/recordings/archive.ts';
import type { FilesMessage } from '../shared/recordings/file-event.ts';
import { keepRecordings } from '../shared/recordings/housekeeping.ts';
import { measureQueueAge } from '../shared/telemetry/metrics.ts';

// Files of any size are answered as they are read.
app.setup({ enableHttpStream: true });

app.storageQueue('archiveRecording', {
  queueName: recordingQueue,
  connection: 'AzureWebJobsStorage',
  handler: (received, context) => {
    const { ledger, archive } = openApp(context);
    const message = received as FilesMessage;
    measureQueueAge('recordings', context, message.attempt > 0);
    return archiveRecording(ledger, archive, message);
  },
});

app.timer('recordingHousekeeping', {
  schedule: '15 */5 * * * *',
  handler: (_timer, context) => {
    const { ledger, archive } = openApp(context);
    return keepRecordings(ledger, archive);
  },
});
