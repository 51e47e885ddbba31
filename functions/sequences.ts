/** The orchestrator of sequences, its activity, and the timer that starts what was written down but not started. */
import { app } from '@azure/functions';
import { app as durable } from 'durable-functions';
import { openApp } from '../shared/app.ts';
import { carryOn } from '../shared/sequences/carry-on.ts';
import { durableInput } from '../shared/sequences/client.ts';
import { keepSequences } from '../shared/sequences/housekeeping.ts';
import { names, runSequence, type SequenceInput } from '../shared/sequences/orchestrator.ts';

durable.orchestration(names.orchestrator, runSequence);

durable.activity(names.activity, {
  extraInputs: [durableInput],
  handler: (input, context) => {
    const { ledger, sequences } = openApp(context);
    return carryOn(ledger, sequences, (input as SequenceInput).sequenceId);
  },
});

app.timer('sequenceHousekeeping', {
  schedule: '45 */5 * * * *',
  extraInputs: [durableInput],
  handler: (_timer, context) => {
    const { ledger, sequences } = openApp(context);
    return keepSequences(ledger, sequences);
  },
});
