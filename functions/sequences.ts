/** The orchestrators of sequences, their activities, and the timer that starts what was written down but not started. */
import { app } from '@azure/functions';
import { app as durable } from 'durable-functions';
import { activities } from '../shared/sequences/orchestrators/flow/activities.ts';
import { orchestrationOf } from '../shared/sequences/orchestrators/flow/orchestrator.ts';
import { orchestrators } from '../shared/sequences/orchestrators/index.ts';
import { advanceSequence } from '../shared/sequences/runtime/advance.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { runSequenceHousekeeping } from '../shared/sequences/runtime/housekeeping.ts';
import { durableNames, runSequence, type SequenceInput } from '../shared/sequences/runtime/orchestration.ts';
import { reportingFailure } from '../shared/sequences/runtime/reporting-failure.ts';
import { switchboard } from '../shared/start.ts';

durable.orchestration(durableNames.orchestrator, runSequence);

durable.activity(durableNames.activity, {
  extraInputs: [durableInput],
  handler: (input, context) => {
    const { ledger, sequences } = switchboard.during(context);
    const { sequenceId } = input as SequenceInput;
    return reportingFailure(ledger.log, { sequenceId, activity: durableNames.activity }, () =>
      advanceSequence(ledger, sequences, sequenceId),
    );
  },
});

for (const orchestrator of orchestrators) {
  durable.orchestration(orchestrator.name, orchestrationOf(orchestrator));
}

for (const [name, activity] of Object.entries(activities)) {
  durable.activity(name, {
    extraInputs: [durableInput],
    handler: (input, context) => {
      const { ledger, sequences } = switchboard.during(context);
      const { sequenceId } = input as SequenceInput;
      return reportingFailure(ledger.log, { sequenceId, activity: name }, () =>
        activity(ledger, sequences, input as never),
      );
    },
  });
}

app.timer('sequenceHousekeeping', {
  schedule: '45 */5 * * * *',
  extraInputs: [durableInput],
  handler: (_timer, context) => {
    const { ledger, sequences } = switchboard.during(context);
    return runSequenceHousekeeping(ledger, sequences);
  },
});
