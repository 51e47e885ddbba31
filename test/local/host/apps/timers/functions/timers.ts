import { once } from 'node:events';
import { app, type InvocationContext, type Timer } from '@azure/functions';

const logTimer = (timer: Timer, context: InvocationContext) => context.log(JSON.stringify(timer));

app.timer('everyMinute', { schedule: '0 * * * * *', handler: logTimer });
app.timer('everyTenSeconds', { schedule: '*/10 * * * * *', handler: logTimer });
app.timer('atStart', { schedule: '0 0 0 1 1 *', runOnStartup: true, useMonitor: false, handler: logTimer });
app.timer('missed', { schedule: '0 0 4 * * *', handler: logTimer });
app.timer('rescheduled', { schedule: '0 0 5 * * *', handler: logTimer });
app.timer('slow', {
  schedule: '0 */5 * * * *',
  handler: async (_timer, context) => {
    context.log('started');
    await once(process, 'release' as 'exit');
  },
});
app.timer('flaky', {
  schedule: '0 30 * * * *',
  retry: { strategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 7 } },
  handler: (_timer, context) => {
    context.log(JSON.stringify(context.retryContext ?? null));
    throw new Error('not yet');
  },
});
app.timer('disabled', { schedule: '* * * * * *', runOnStartup: true, handler: logTimer });
