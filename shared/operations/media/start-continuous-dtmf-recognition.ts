/** startContinuousDtmfRecognition: report every tone that a participant presses, until it is stopped. */
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { listeningTo } from '../../calls/continuous-dtmf.ts';
import { participantInput } from '../fields/participant-input.ts';
import { defineOperation } from '../operation.ts';
import { stopContinuousDtmfRecognition } from './stop-continuous-dtmf-recognition.ts';

export const startContinuousDtmfRecognition = defineOperation({
  name: 'startContinuousDtmfRecognition',
  summary: 'Report each tone that a participant presses',
  method: 'POST',
  path: 'calls/{callId}/media/continuous-dtmf/start',
  target: 'call',
  input: participantInput,
  example: { participant: '+14255550123' },
  settles: { by: 'response', failure: ['ContinuousDtmfRecognitionToneFailed'] },
  onRetry: 'judgedAnew',
  undo: {
    afterSuccess: { by: stopContinuousDtmfRecognition, input: ({ input }) => ({ participant: input.participant }) },
  },
  about: (input) => [input.participant],
  media: (input) => ({ action: 'startContinuousDtmf', participants: [input.participant] }),
  accepted: (call, { operationId, createdAt, about, masked }) =>
    about.reduce((next, one) => listeningTo(next, operationId, one, createdAt, masked), call),

  async send({ acs, input, callConnectionId, options }) {
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await media.startContinuousDtmfRecognition(toIdentifier(input.participant), options);
    return {};
  },
});
