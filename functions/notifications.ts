/** The queue trigger that takes notifications to their receivers. What a receiver does not take comes back later. */
import { app } from '@azure/functions';
import { notificationQueue, openApp } from '../shared/app.ts';
import { measureQueueAge } from '../shared/telemetry/metrics.ts';
import { deliver } from '../shared/webhooks/deliver.ts';
import type { Message } from '../shared/webhooks/letter.ts';

app.storageQueue('notifications', {
  queueName: notificationQueue,
  connection: 'AzureWebJobsStorage',
  handler: (received, context) => {
    const message = received as Message;
    measureQueueAge('notifications', context, message.attempt > 1);
    return deliver(openApp(context).deliverer, message);
  },
});
