/** The timers: every minute what is overdue, every quarter of an hour each open call is compared with ACS. */
import { app } from '@azure/functions';
import { openApp } from '../shared/app.ts';
import { sinkOf } from '../shared/http/handler.ts';
import { keepHouse } from '../shared/ledger/housekeeping.ts';

app.timer('housekeeping', {
  schedule: '0 * * * * *',
  handler: (_timer, context) => keepHouse(openApp(sinkOf(context)).ledger, false),
});

app.timer('reconciliation', {
  schedule: '30 */15 * * * *',
  async handler(_timer, context) {
    const { ledger, webhooks } = openApp(sinkOf(context));
    await keepHouse(ledger, true);
    await webhooks.forgetFailures(ledger.now());
  },
});
