/** The timers: every minute what is overdue, every quarter of an hour each open call is compared with ACS, and old ones go. */
import { app } from '@azure/functions';
import { removeUndelivered } from '../shared/erasure/remove-undelivered.ts';
import { runErasures } from '../shared/erasure/run.ts';
import { removeExpiredContent } from '../shared/ledger/upkeep/content-retention.ts';
import { runCallHousekeeping } from '../shared/ledger/upkeep/housekeeping.ts';
import { removeOrphanIntents } from '../shared/ledger/upkeep/orphan-intents.ts';
import { removeExpiredCalls } from '../shared/ledger/upkeep/retention.ts';
import { runEach } from '../shared/ledger/upkeep/run-each.ts';
import { recordingsEraser, removeExpiredRecordings } from '../shared/recordings/retention.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { recoverOpen } from '../shared/sequences/runtime/recovery.ts';
import { removeExpiredSequences } from '../shared/sequences/runtime/retention.ts';
import { switchboard } from '../shared/start.ts';

app.timer('housekeeping', {
  schedule: '0 * * * * *',
  extraInputs: [durableInput],
  async handler(_timer, context) {
    const { ledger, sequences, recovery } = switchboard.during(context);
    await runEach(
      () => runCallHousekeeping(ledger, false),
      () => recoverOpen(ledger, sequences, recovery),
    );
  },
});

app.timer('erasure', {
  schedule: '20 * * * * *',
  extraInputs: [durableInput],
  handler: (_timer, context) => runErasures(switchboard.during(context).erasures),
});

app.timer('reconciliation', {
  schedule: '30 */15 * * * *',
  extraInputs: [durableInput],
  async handler(_timer, context) {
    const { ledger, sequences, retention, erasures, archive, webhooks, audit } = switchboard.during(context);
    await runEach(
      () => runCallHousekeeping(ledger, true),
      () => removeExpiredContent(ledger, retention),
      () => removeExpiredRecordings(ledger, archive, retention),
      () => removeExpiredCalls(ledger, { ...retention, ...recordingsEraser(ledger, archive, retention) }),
      () => removeOrphanIntents(ledger, retention),
      () => webhooks.removeExpired(ledger.now()),
      async () => audit?.removeExpired(ledger.now()),
      () => removeUndelivered(erasures, ledger, retention),
      () => removeExpiredSequences(ledger, sequences, retention),
    );
  },
});
