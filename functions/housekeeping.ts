/** The timers: every minute what is overdue, every quarter of an hour each open call is compared with ACS, and old ones go. */
import { app } from '@azure/functions';
import { runCallHousekeeping } from '../shared/ledger/upkeep/housekeeping.ts';
import { removeExpiredCalls } from '../shared/ledger/upkeep/retention.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { recoverOpen } from '../shared/sequences/runtime/recovery.ts';
import { removeExpiredSequences } from '../shared/sequences/runtime/retention.ts';
import { switchboard } from '../shared/start.ts';

app.timer('housekeeping', {
  schedule: '0 * * * * *',
  extraInputs: [durableInput],
  async handler(_timer, context) {
    const { ledger, sequences, recovery } = switchboard.during(context);
    await runCallHousekeeping(ledger, false);
    await recoverOpen(ledger, sequences, recovery);
  },
});

app.timer('reconciliation', {
  schedule: '30 */15 * * * *',
  extraInputs: [durableInput],
  async handler(_timer, context) {
    const { ledger, sequences, retention, webhooks } = switchboard.during(context);
    await runCallHousekeeping(ledger, true);
    await removeExpiredCalls(ledger, retention);
    await webhooks.removeExpiredFailures(ledger.now());
    await removeExpiredSequences(ledger, sequences, retention);
  },
});
