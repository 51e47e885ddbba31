/** The queue trigger that takes notifications to their receivers. What a receiver does not take comes back later. */
import { app } from '@azure/functions';
import { notificationQueue, openApp } from '../shared/app.ts';
import { deliver } from '../shared/webhooks/deliver.ts';
import type { Message } from '../shared/webhooks/letter.ts';

app.storageQueue('notifications', {
  queueName: notificationQueue,
  connection: 'AzureWebJobsStorage',
  handler: (message, context) => deliver(openApp(context).deliverer, message as Message),
});
