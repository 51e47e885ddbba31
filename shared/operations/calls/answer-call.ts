/** answerCall: answer an incoming call. */
import { metadataSchema } from '../../calls/labels.ts';
import { answered } from '../../calls/transitions.ts';
import { mediaOptions, operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';
import { connectionOf, connectionResult, endsForEveryone, legOptions } from './leg.ts';

export const answerCall = defineOperation({
  name: 'answerCall',
  summary: 'Answer an incoming call',
  method: 'POST',
  path: 'incoming-calls/{incomingCallId}/answer',
  target: 'incomingCall',
  input: operationInput({ metadata: metadataSchema.optional(), ...mediaOptions }),
  example: {},
  result: connectionResult,
  settles: { by: 'event', success: ['CallConnected'], failure: ['AnswerFailed'], withinSeconds: 60, connects: true },
  undo: endsForEveryone,
  accepted: answered,

  async send({ acs, input, incomingCallContext, callbackUrl, cognitiveServicesEndpoint, options }) {
    const response = await acs.answerCall(incomingCallContext, callbackUrl, {
      ...options,
      ...legOptions(input, cognitiveServicesEndpoint),
    });
    const { callConnectionProperties: properties } = response;
    return connectionOf(properties, properties.answeredby);
  },
});
