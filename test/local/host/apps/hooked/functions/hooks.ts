import { app } from '@azure/functions';

/** What ran, in order; the test reads it over HTTP. */
const order: string[] = [];

app.hook.appStart((context) => {
  context.hookData.started = true;
  order.push('appStart');
});
app.hook.appTerminate((context) => {
  process.emitWarning(`appTerminate after start ${context.hookData.started}`);
});
app.hook.preInvocation((context) => {
  context.hookData.from = 'before';
  order.push(`before ${context.invocationContext.functionName}`);
  if (context.invocationContext.functionName === 'replaced') {
    context.functionHandler = () => ({ body: 'replaced' });
  }
});
app.hook.postInvocation((context) => {
  order.push(`after ${context.invocationContext.functionName} with ${context.hookData.from}`);
  if (context.error !== null) {
    context.result = { status: 503, body: 'mended' };
    context.error = null;
  }
  context.invocationContext.log('logged after the function');
});
const dropped = app.hook.preInvocation(() => {
  throw new Error('was disposed of');
});
dropped.dispose();
app.hook.log((context) => {
  if (context.message === 'secret') {
    context.message = '***';
  }
  if (context.message === 'urgent') {
    context.level = 'critical';
  }
});

app.get('order', { handler: () => ({ jsonBody: order }) });
app.get('replaced', { handler: () => ({ body: 'original' }) });
app.get('fails', {
  handler: () => {
    throw new Error('mend me');
  },
});
app.get('logs', {
  handler: (_request, context) => {
    context.log('secret');
    context.warn('urgent');
    context.trace('hardly ever shown');
    return {};
  },
});
