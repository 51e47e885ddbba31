import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { callSchema } from '../../../../shared/calls/call.ts';
import { operationSchema } from '../../../../shared/calls/operation-life/operation-record.ts';
import { timelineEntrySchema } from '../../../../shared/calls/timeline.ts';
import { mask } from '../../../../shared/http/masking/mask.ts';
import { maskedSentence, maskedText, namesPerson } from '../../../../shared/http/masking/masked-text.ts';
import { problemSchema } from '../../../../shared/http/problem.ts';
import { cloudEventSchema } from '../../../../shared/webhooks/cloud-event.ts';

const number = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 14 })
  .map((digits) => `+1${digits.join('')}`);
const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const at = '2026-11-30T12:00:00.000Z';

test('a masked number keeps its ends, and at least three of its digits are hidden', () => {
  expect(maskedText('+14255550123')).toBe('+1425•••0123');
  fc.assert(
    fc.property(number, (one) => {
      const masked = maskedText(one);
      expect(masked).toMatch(/^\+\d{0,4}•••\d{1,4}$/);
      expect(one.length - masked.replace('•••', '').length).toBeGreaterThanOrEqual(3);
    }),
  );
});

test.each([
  ['4:+14255550123', '4:+1425•••0123'],
  ['4:+14255550123_1b5cc06b', '4:+1425•••0123'],
  ['8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007', '8:acs:•••'],
  ['8:orgid:1b5cc06b-f352', '8:orgid:•••'],
  ['4:anonymous', '4:•••'],
  ['Zephyrine', '•••'],
  ['+14255550123 at home', '•••'],
  ['+12', '+•••'],
  ['', ''],
  ['p-abcdefghij_-ABCD', 'p-abcdefghij_-ABCD'],
  ['+99900000001', '+99900000001'],
  ['8:acs:person-2', '8:acs:person-2'],
])('the text %j is shown as %j', (text, shown) => {
  expect(maskedText(text)).toBe(shown);
});

test('a sentence keeps its words, codes and ids, and its numbers and users are masked', () => {
  const sentence = `The call ${id} to +1 (425) 555-0123, 4:+14255550124 or 8:acs:1b5c_07 ended at ${at}: 560486, rule desk-1`;
  const shown = `The call ${id} to +1425•••0123, 4:+1425•••0124 or 8:acs:••• ended at ${at}: 560486, rule desk-1`;
  expect(maskedSentence(sentence, false)).toBe(shown);
  expect(maskedSentence("ACS's user \"Ada\" isn't 'Bob'", true)).toBe('ACS\'s user "•••" isn\'t "•••"');
  expect(maskedSentence(`Unexpected token 'A', "{"to": Ada}" is not valid`, true)).toBe(
    'Unexpected token "•••", "•••" is not valid',
  );
  expect(maskedSentence('expected one of "a"|"b"', false)).toBe('expected one of "a"|"b"');
});

test('an id that is a number or a user is no id', () => {
  expect(['+14255550123', '14255550123', '8:acs:x_1', '4:anonymous'].map(namesPerson)).not.toContain(false);
  expect([id, 'desk-1', 'aHR0cHM6Ly9hcGkuMTIzNDU2Nzg5MA=='].map(namesPerson)).not.toContain(true);
});

test('whatever a client or ACS puts anywhere, no text of it is shown that no closed list or id names', () => {
  const planted = fc.string({ minLength: 4 }).map((text) => `planted ${text}`);
  const { tree } = fc.letrec<{ tree: unknown; node: unknown }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, planted, number, tie('node')),
    node: fc.oneof(
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('participant', 'text', 'data', 'kind', 'tones', 'value', 'status', 'name'),
        tie('tree'),
      ),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      for (const schema of [undefined, cloudEventSchema.shape.data, operationSchema.shape.input]) {
        const masked = mask(value, schema);
        expect(JSON.stringify(masked.value)).not.toMatch(/planted|\d{7}/);
        expect(mask(masked.value, schema).hasPeople, 'what is masked stays').toBe(false);
        expect(masked.hasPeople).toBe(JSON.stringify(masked.value) !== JSON.stringify(value));
      }
    }),
  );
});

test('of a call ids, times and statuses are shown, and people, context and values of metadata are not', () => {
  const call = {
    callId: id,
    status: 'connected',
    from: '+14255550100',
    to: ['+14255550123'],
    createdAt: at,
    context: 'order of Ada',
    metadata: { status: 'connected', '+14255550123': id },
    roster: [{ participantId: 'p-0123456789abcdef', participant: '8:acs:1_2', displayName: 'Ada', role: 'target' }],
    participants: [{ participant: '+14255550123', isMuted: false }],
    customContext: [{ kind: 'sipx', key: 'Tier', value: 'gold' }],
    recordingIds: [id],
    serverCallId: 'aHR0cHM6Ly9hcGkuZmxpZ2h0cHJveHk=',
    end: { acsCode: 487, acsMessage: 'No answer from "Ada" at +14255550123' },
  };
  expect(mask(call, callSchema)).toEqual({
    hasPeople: true,
    value: {
      ...call,
      from: '+1425•••0100',
      to: ['+1425•••0123'],
      context: '•••',
      metadata: { status: '•••', '+1425•••0123': '•••' },
      roster: [{ participantId: 'p-0123456789abcdef', participant: '8:acs:•••', displayName: '•••', role: 'target' }],
      participants: [{ participant: '+1425•••0123', isMuted: false }],
      customContext: [{ kind: 'sipx', key: 'Tier', value: '•••' }],
      end: { acsCode: 487, acsMessage: 'No answer from "•••" at +1425•••0123' },
    },
  });
});

test('of an operation the input shows choices and no digits, words or people', () => {
  const operation = {
    operationId: id,
    name: 'recognize',
    status: 'succeeded',
    input: {
      participant: '+14255550123',
      input: 'dtmf',
      maxTones: 4,
      stopTones: ['pound'],
      prompt: { text: 'Your PIN, Ada?', locale: 'en-US' },
      metadata: { kind: 'dtmf' },
    },
    result: { recognitionType: 'dtmf', tones: ['one'], speech: { speech: 'yes', confidence: 0.5 } },
  };
  expect(mask(operation, operationSchema).value).toMatchObject({
    name: 'recognize',
    input: {
      participant: '+1425•••0123',
      input: 'dtmf',
      maxTones: 4,
      stopTones: ['•••'],
      prompt: { text: '•••' },
      metadata: { kind: '•••' },
    },
    result: { tones: ['•••'], speech: { speech: '•••', confidence: 0.5 } },
  });
});

test('of an event the ids and codes of ACS are shown, and its people and digits are not', () => {
  const event = {
    specversion: '1.0',
    id: 'e-1',
    type: 'Microsoft.Communication.ContinuousDtmfRecognitionToneReceived',
    source: `/calls/${id}`,
    time: at,
    datacontenttype: 'application/json',
    data: {
      callId: id,
      serverCallId: 'aHR0',
      operationContext: 'order of Ada',
      tone: 'five',
      sequenceId: 1,
      participants: [
        { identifier: { rawId: '4:+14255550123', kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } } },
      ],
      resultInformation: { code: 200, subCode: 0, message: 'Answered by "Ada"' },
    },
  };
  expect(mask(event, cloudEventSchema).value).toEqual({
    ...event,
    data: {
      ...event.data,
      operationContext: '•••',
      tone: '•••',
      participants: [{ identifier: { rawId: '4:+1425•••0123', kind: '•••', phoneNumber: { value: '+1425•••0123' } } }],
      resultInformation: { code: 200, subCode: 0, message: 'Answered by "•••"' },
    },
  });
});

test('the app’s own sentences stay readable in problems and timelines', () => {
  const problem = {
    code: 'invalidInput',
    detail: 'The request has 1 invalid field(s): to.',
    errors: [{ path: 'to', message: 'got +14255550123' }],
  };
  expect(mask(problem, problemSchema)).toEqual({
    hasPeople: true,
    value: { ...problem, errors: [{ path: 'to', message: 'got +1425•••0123' }] },
  });
  const entry = { at, kind: 'settled', why: 'the event PlayCompleted', operation: 'play', status: 'succeeded' };
  expect(mask(entry, timelineEntrySchema)).toEqual({ value: entry, hasPeople: false });
});

test('a member that a schema has without a word about it is hidden, and one that describes the API is shown whole', () => {
  const schema = z.object({ nickname: z.string(), inputSchema: z.record(z.string(), z.unknown()), name: z.string() });
  const value = { nickname: 'Ada', inputSchema: { type: 'object' }, name: 'play', status: 'Ada' };
  expect(mask(value, schema).value).toEqual({ ...value, nickname: '•••', status: '•••' });
  expect(mask({ inputSchema: { type: 'Ada' } }).value).toEqual({ inputSchema: { type: '•••' } });
});
