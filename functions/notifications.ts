/** The queue trigger that takes notifications to their receivers. What a receiver does not take comes back later. */
import { app } from '@azure/functions';
import { queueNames } from '../shared/app.ts';
import { queueHandler } from '../shared/queues/handler.ts';
import { measureQueueAge } from '../shared/telemetry/metrics.ts';
import { deliver } from '../shared/webhooks/deliver.ts';
import { readMessage } from '../shared/webhooks/outbox-message.ts';

app.storageQueue('notifications', {
  queueName: queueNames.notifications,
  connection: 'AzureWebJobsStorage',
  handler: queueHandler({
    queue: 'notifications',
    read: readMessage,
    take({ deliverer }, message, context) {
      measureQueueAge('notifications', context, message.attempt > 1);
      return deliver(deliverer, message);
    },
  }),
});
