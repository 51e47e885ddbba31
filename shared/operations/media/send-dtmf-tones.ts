/** sendDtmfTones: send tones to a phone number, such as an extension. ACS sends none to users. */
import * as z from 'zod';
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { operationInput } from '../fields/fields.ts';
import { telephoneParty } from '../fields/people.ts';
import { tone, toTones } from '../fields/tone.ts';
import { defineOperation } from '../operation.ts';

export const sendDtmfTones = defineOperation({
  name: 'sendDtmfTones',
  summary: 'Send 1 to 18 DTMF tones to a phone number in the call',
  method: 'POST',
  path: 'calls/{callId}/media/send-dtmf',
  target: 'call',
  input: operationInput({
    tones: z.array(tone).min(1, 'expected at least one tone').max(18, 'ACS sends 18 tones at a time'),
    to: telephoneParty,
  }),
  example: { tones: ['one', 'two', 'three', 'pound'], to: '+14255550123' },
  settles: {
    by: 'event',
    success: ['SendDtmfTonesCompleted'],
    failure: ['SendDtmfTonesFailed'],
    withinSeconds: 60,
  },
  undo: 'none',
  about: ({ to }) => [to],
  media: ({ to }) => ({ action: 'sendDtmf', participants: [to] }),

  async send({ acs, input, callConnectionId, options }) {
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await media.sendDtmfTones(toTones(input.tones), toIdentifier(input.to), options);
    return {};
  },
});
