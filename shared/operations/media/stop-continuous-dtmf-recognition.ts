/** stopContinuousDtmfRecognition: stop reporting the tones of a participant. */
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { withoutListening } from '../../calls/continuous-dtmf.ts';
import { participantInput } from '../fields/participant-input.ts';
import { defineOperation } from '../operation.ts';

export const stopContinuousDtmfRecognition = defineOperation({
  name: 'stopContinuousDtmfRecognition',
  summary: 'Stop reporting the tones that a participant presses',
  method: 'POST',
  path: 'calls/{callId}/media/continuous-dtmf/stop',
  target: 'call',
  input: participantInput,
  example: { participant: '+14255550123' },
  settles: {
    by: 'event',
    success: ['ContinuousDtmfRecognitionStopped'],
    failure: [],
    anyContext: true,
    withinSeconds: 15,
  },
  onRetry: 'judgedAnew',
  undo: 'none',
  about: (input) => [input.participant],
  accepted: (call, { about }) => withoutListening(call, about),

  async send({ acs, input, callConnectionId, options }) {
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await media.stopContinuousDtmfRecognition(toIdentifier(input.participant), options);
    return {};
  },
});
