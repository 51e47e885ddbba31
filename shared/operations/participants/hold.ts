/** hold: put a participant on hold, with the given music or ACS's. */
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { allOnHold } from '../../calls/operation-life/participant-evidence.ts';
import { operationInput } from '../fields/fields.ts';
import { participant } from '../fields/people.ts';
import { playSource, toPlaySource } from '../fields/play-source.ts';
import { defineOperation } from '../operation.ts';
import { unhold } from './unhold.ts';

export const hold = defineOperation({
  name: 'hold',
  summary: 'Put a participant on hold, and play to them meanwhile',
  method: 'POST',
  path: 'calls/{callId}/media/hold',
  target: 'call',
  input: operationInput({ participant, source: playSource.optional() }),
  example: { participant: '+14255550123' },
  // The participant list alone shows success; an event, which may follow it, reports failure (ACS-R4).
  settles: { by: 'participants', evidence: allOnHold, failure: ['HoldFailed'], withinSeconds: 15 },
  onRetry: 'judgedAnew',
  undo: { afterSuccess: { by: unhold, input: ({ input }) => ({ participant: input.participant }) } },
  about: (input) => [input.participant],

  async send({ acs, input, callConnectionId, options }) {
    const playing = input.source ? { playSource: toPlaySource(input.source) } : {};
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await media.hold(toIdentifier(input.participant), { ...options, ...playing });
    return {};
  },
});
