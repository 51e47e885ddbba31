/** The timers: every minute what is overdue, every quarter of an hour each open call is compared with ACS, and old ones go. */
import { app } from '@azure/functions';
import { openApp } from '../shared/app.ts';
import { keepHouse } from '../shared/ledger/housekeeping.ts';
import { forgetCalls } from '../shared/ledger/retention.ts';
import { durableInput } from '../shared/sequences/client.ts';
import { recoverOpen } from '../shared/sequences/recovery.ts';
import { forgetSequences } from '../shared/sequences/retention.ts';

app.timer('housekeeping', {
  schedule: '0 * * * * *',
  extraInputs: [durableInput],
  async handler(_timer, context) {
    const { ledger, sequences, recovery } = openApp(context);
    await keepHouse(ledger, false);
    await recoverOpen(ledger, sequences, recovery);
  },
});

app.timer('reconciliation', {
  schedule: '30 */15 * * * *',
  extraInputs: [durableInput],
  async handler(_timer, context) {
    const { ledger, sequences, retention, webhooks } = openApp(context);
    await keepHouse(ledger, true);
    await forgetCalls(ledger, retention);
    await webhooks.forgetFailures(ledger.now());
    await forgetSequences(ledger, sequences, retention);
  },
});
