/** The queue trigger that takes notifications to their receivers. What a receiver does not take comes back later. */
import { app } from '@azure/functions';
import { queueHandler } from '../shared/queues/handler.ts';
import { switchboard } from '../shared/start.ts';
import { measureQueueAge } from '../shared/telemetry/metrics.ts';
import { deliver } from '../shared/webhooks/deliver.ts';
import { readMessage } from '../shared/webhooks/outbox-message.ts';

app.storageQueue('notifications', {
  queueName: switchboard.queueNames.notifications,
  connection: 'AzureWebJobsStorage',
  handler: queueHandler(switchboard, {
    queue: 'notifications',
    read: readMessage,
    take({ deliverer }, message, context) {
      measureQueueAge('notifications', context, message.attempt > 1);
      return deliver(deliverer, message);
    },
  }),
});
