/** Which texts name a person or a call. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { mentionsOf, textWithEvent } from '../../../shared/erasure/mentions.ts';
import { webhookTest } from '../../../shared/webhooks/cloud-event.ts';
import { pack } from '../../../shared/webhooks/outbox-message.ts';

const number = '+14255550123';
const user = '8:acs:1a2b_3c-4d';

test.each([
  [number, 'to +14255550123.', true],
  [number, '"rawId":"4:+14255550123_9f"', true],
  [number, 'sip:14255550123@contoso.com', true],
  [number, '?from=%2B14255550123', true],
  [number, '+142555501234', false],
  [number, '914255550123', false],
  [user, `{"id":"${user}"}`, true],
  [user, `${user}5`, false],
  [user, `${user}-5`, false],
  ['4:anonymous"x', JSON.stringify({ from: '4:anonymous"x' }), true],
])('whether %s is named by %s: %s', (participant, text, isNamed) => {
  const mentions = mentionsOf({ participant }, new Set());
  expect([mentions.person(text), mentions.any(text)]).toEqual([isNamed, isNamed]);
});

test('a call is named by its id, in any case; the person of an erasure of one call is no one', () => {
  const callId = randomUUID();
  const mentions = mentionsOf({ callId }, new Set([callId]));
  expect(mentions.any(`calls/${callId.toUpperCase()}`)).toBe(true);
  expect(mentions.any(`calls/${randomUUID()}`)).toBe(false);
  expect(mentions.person(callId)).toBe(false);
});

test('an event that is compressed in a message is part of its text, and what is no event is no error', () => {
  const packed = pack(webhookTest('crm', 'an-id', '2026-01-01T00:00:00.000Z'));
  expect(textWithEvent(JSON.stringify({ attempt: 1, packed }))).toContain('"webhookId":"crm"');
  expect(textWithEvent('{"packed":"nothing"}')).toBe('{"packed":"nothing"}');
  expect(textWithEvent('a text')).toBe('a text');
});
