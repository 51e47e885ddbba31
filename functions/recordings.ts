/** The triggers of the archive: the messages about finished files, and the timer that finds recordings without one. */
import { app } from '@azure/functions';
import { queueHandler } from '../shared/queues/handler.ts';
import { archiveRecording } from '../shared/recordings/archive.ts';
import { readFilesMessage } from '../shared/recordings/files-message.ts';
import { runRecordingHousekeeping } from '../shared/recordings/housekeeping.ts';
import { switchboard } from '../shared/start.ts';
import { measureQueueAge } from '../shared/telemetry/metrics.ts';

app.storageQueue('archiveRecording', {
  queueName: switchboard.queueNames['recording-files'],
  connection: 'AzureWebJobsStorage',
  handler: queueHandler(switchboard, {
    queue: 'recording-files',
    read: (received) => readFilesMessage(received, switchboard.eventTopic),
    take({ ledger, archive }, message, context) {
      measureQueueAge('recordings', context, message.attempt > 0);
      return archiveRecording(ledger, archive, message);
    },
  }),
});

app.timer('recordingHousekeeping', {
  schedule: '15 */5 * * * *',
  handler: (_timer, context) => {
    const { ledger, archive } = switchboard.during(context);
    return runRecordingHousekeeping(ledger, archive);
  },
});
