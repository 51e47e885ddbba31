/** roomCall: join the call of a room, bring in a phone number, send it tones, record, and leave. */
import * as z from 'zod';
import { phoneNumber } from '../../operations/fields/fields.ts';
import { sendDtmfTones } from '../../operations/media/send-dtmf-tones.ts';
import type { Step } from '../language/definition.ts';
import { defineSequence } from './define-sequence.ts';
import { callingAs, recording, ringFor } from './input.ts';
import { inOrder, record, schedule, stopRecording } from './record.ts';
import { ring } from './ring.ts';
import { whilePresent } from './while-present.ts';

export const roomCall = defineSequence({
  name: 'roomCall',
  summary: 'Join a room call, add a phone number, send it tones, record, remove it and leave',
  input: z
    .strictObject({
      roomId: z.string().min(1).max(2048).meta({ description: 'The id of the room at ACS' }),
      target: phoneNumber,
      ...callingAs,
      callerId: phoneNumber,
      ringFor: ringFor.default('PT60S'),
      tones: sendDtmfTones.input.shape.tones.optional().meta({ description: 'Sent once the number has answered' }),
      recording,
      schedule,
    })
    .check(inOrder),
  serves: 'target',
  example: {
    roomId: '99445276259151407',
    target: '+14255550123',
    callerId: '+14255550100',
    tones: ['one', 'two', 'three', 'pound'],
    schedule: [
      { after: 'PT5M', do: 'pause' },
      { after: 'PT1M', do: 'resume' },
      { after: 'PT5M', do: 'stop' },
    ],
  },

  define: ({ roomId, target, callerId, displayName, ringFor: seconds, tones, recording: how, schedule: entries }) => {
    const sendTones: Step[] = tones ? [{ do: 'sendDtmfTones', with: { tones, to: target } }] : [];
    const remove: Step = { do: 'removeParticipant', with: { participant: target } };
    const hasAnswered = { ref: '$steps.add.status', equals: 'succeeded' };
    return {
      steps: [
        { do: 'connectCall', with: { locator: { kind: 'room', id: roomId } } },
        ring('add', { target, callerId, displayName }, seconds),
        {
          if: hasAnswered,
          then: [
            { result: { outcome: 'answered' } },
            whilePresent(target, [...sendTones, ...record(how, entries), remove]),
          ],
          else: [{ result: { outcome: 'declined', error: '$steps.add.error' } }],
        },
      ],
      // However it ended: the recording is stopped, the number has left the room, and so has Switchboard.
      finally: [stopRecording, { if: hasAnswered, then: [remove] }, { do: 'hangUp' }],
    };
  },
});
