import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callIdOf, relayed } from '../../../shared/webhooks/cloud-event.ts';
import { fitsMessage, messageIdOf, pack, unpack } from '../../../shared/webhooks/outbox-message.ts';

const event = (id: string, data: Record<string, unknown>) =>
  relayed('c1', { id, at: '2026-01-01T00:00:00.000Z', type: 'Microsoft.Communication.PlayCompleted', data });

test('an event comes out of a message as it went in', () => {
  fc.assert(
    fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (id, data) => {
      const packed = pack(event(id, data));
      expect(unpack(packed)).toEqual(JSON.parse(JSON.stringify(event(id, data))));
    }),
  );
});

test('the participants of a large room fit a message', () => {
  const participants = Array.from({ length: 700 }, (_, index) => {
    const id = `8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_${index}-${Math.random()}-${Math.random()}`;
    return { identifier: { rawId: id, communicationUser: { id } }, isMuted: false, isOnHold: false };
  });
  expect(JSON.stringify(participants).length).toBeGreaterThan(150_000);
  const packed = pack(event('e1', { participants }));
  expect(fitsMessage({ packed })).toBe(true);
  expect(fitsMessage({ packed, sealed: `enc.key.${'x'.repeat(44_000)}` })).toBe(false);
});

test('a header can have the id of any event', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (id) => {
      expect(() => new Headers({ 'webhook-id': messageIdOf(event(id, {})) })).not.toThrow();
    }),
  );
  expect(messageIdOf(event('6f9619ff-8b86-4d01-b42d-00cf4fc964ff', {}))).toBe('6f9619ff-8b86-4d01-b42d-00cf4fc964ff');
});

test('an event names its call', () => {
  expect(callIdOf(event('e1', {}))).toBe('c1');
});
