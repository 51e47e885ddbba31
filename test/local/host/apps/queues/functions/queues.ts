import { once } from 'node:events';
import { app, output } from '@azure/functions';

const orders = output.storageQueue({ queueName: '%ORDERS_QUEUE%', connection: 'AzureWebJobsStorage' });

app.storageQueue('orders', {
  queueName: '%ORDERS_QUEUE%',
  connection: 'AzureWebJobsStorage',
  handler: (order, context) => context.log(JSON.stringify({ order, metadata: context.triggerMetadata })),
});
app.storageQueue('failing', {
  queueName: 'failing',
  connection: 'AzureWebJobsStorage',
  handler: () => {
    throw new Error('cannot');
  },
});
app.storageQueue('slow', {
  queueName: 'slow',
  connection: 'Storage',
  handler: async (_message, context) => {
    context.log('started');
    await once(process, 'release' as 'exit');
  },
});
app.post('enqueue', {
  extraOutputs: [orders],
  handler: async (request, context) => {
    context.extraOutputs.set(orders, await request.json());
    return { status: 202 };
  },
});
