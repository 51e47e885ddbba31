import fc from 'fast-check';
import { expect, test } from 'vitest';
import { relayed } from '../../../shared/webhooks/cloud-event.ts';
import {
  type Attempt,
  deliveryIdOf,
  deliverySchema,
  isSuperseded,
  maxAttempts,
  newDelivery,
  resent,
  toDelivery,
  withAttempt,
} from '../../../shared/webhooks/delivery.ts';
import { pack } from '../../../shared/webhooks/outbox-message.ts';

const callId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const eventAt = (at: string, id = 'e1') =>
  relayed(callId, { id, at, type: 'Microsoft.Communication.PlayCompleted', data: {} });
const event = eventAt('2026-01-01T00:00:00.000Z');
const url = 'https://hooks.contoso.com/a?key=word';
const receiver = { notifyUrl: 'enc.key.text' } as const;
const fresh = newDelivery(event, receiver, { packed: pack(event) });

const attempts: fc.Arbitrary<Attempt> = fc.record(
  {
    at: fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms).toISOString()),
    durationMs: fc.nat(),
    status: fc.integer({ min: 100, max: 599 }),
    reason: fc.constantFrom('refused', 'timeout', 'gone'),
    response: fc.string(),
  },
  { requiredKeys: ['at', 'durationMs'] },
);
const steps = fc.array(
  fc.oneof(
    fc.constant('resend' as const),
    fc.record({ attempt: attempts, run: fc.integer({ min: 1, max: 3 }), isLast: fc.boolean() }),
  ),
  { maxLength: 60 },
);

test('a delivery has its last attempts, and a next one exactly while it is pending', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let delivery = withAttempt(fresh, 1, { at: event.time, durationMs: 0, reason: 'refused' }, event.time);
      for (const step of all) {
        delivery =
          step === 'resend'
            ? resent(delivery, event.time)
            : withAttempt(delivery, step.run, step.attempt, step.isLast ? undefined : event.time);
        const shown = deliverySchema.parse(toDelivery(delivery, url));
        expect(shown.attempts.length).toBeLessThanOrEqual(maxAttempts);
        expect(shown.nextAttemptAt !== undefined).toBe(shown.status === 'pending');
        expect(shown.status === 'failed' && shown.reason === undefined).toBe(false);
        expect(shown.status === 'delivered' && shown.reason !== undefined).toBe(false);
      }
    }),
  );
});

test('an attempt that is stored already changes nothing', () => {
  const attempt: Attempt = { at: event.time, durationMs: 7, status: 500, reason: 'refused' };
  const stored = withAttempt(fresh, 1, attempt, event.time);
  expect(withAttempt(stored, 1, attempt, undefined)).toBe(stored);
});

test('a message of an earlier run, and one of a delivery that has ended, has nothing left to do', () => {
  expect(isSuperseded(fresh, 1)).toBe(false);
  const again = resent(fresh, event.time);
  expect([isSuperseded(again, 1), isSuperseded(again, 2)]).toEqual([true, false]);
  const late = withAttempt(again, 1, { at: event.time, durationMs: 1, reason: 'timeout' }, undefined);
  expect(late).toMatchObject({ status: 'pending', nextAttemptAt: event.time, attempts: [{ reason: 'timeout' }] });
  const accepted = withAttempt(again, 1, { at: event.time, durationMs: 1, status: 204 }, undefined);
  expect(isSuperseded(accepted, 2)).toBe(true);
});

test('ids sort by time, the newest first, and differ by event, source and receiver', () => {
  const idOf = (at: string) => deliveryIdOf(eventAt(at), receiver);
  const times = ['2026-01-02T00:00:00.001Z', '2026-01-02T00:00:00.000Z', '2001-01-01T00:00:00.000Z'];
  expect(times.map(idOf)).toEqual(times.map(idOf).sort());
  const ids = [
    deliveryIdOf(event, receiver),
    deliveryIdOf(event, { webhookId: 'crm' }),
    deliveryIdOf({ ...event, source: '/calls' }, receiver),
    deliveryIdOf(eventAt(event.time, 'e2'), receiver),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => encodeURIComponent(id) === id)).toBe(true);
});

test('digits and speech are in no resource of a delivery to the URL of an operation', () => {
  const data = { dtmfResult: { tones: ['four'] }, operationContext: 'op' };
  const digits = relayed(callId, {
    id: 'e1',
    at: event.time,
    type: 'Microsoft.Communication.RecognizeCompleted',
    data,
  });
  const shown = toDelivery(newDelivery(digits, receiver, { packed: pack(digits), sealed: 'enc.key.digits' }), url);
  expect(shown.event).toMatchObject({ data: { dtmfResult: { masked: true }, operationContext: 'op' } });
  expect(JSON.stringify(shown)).not.toMatch(/four|enc\./);
});

test('the URL of an operation is in no resource, only its host', () => {
  const shown = toDelivery(fresh, url);
  expect(shown).toMatchObject({ host: 'hooks.contoso.com', callId, event });
  expect(JSON.stringify(shown)).not.toMatch(/key=word|enc\./);
});
