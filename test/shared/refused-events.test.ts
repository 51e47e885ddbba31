import { expect, test } from 'vitest';
import { ZodError } from 'zod';
import { AppError, StorageRejected } from '../../shared/errors.ts';
import { createLog } from '../../shared/log.ts';
import { hasRefusedEvent, refusingInvalid } from '../../shared/refused-events.ts';

const identity = { event: 'IncomingCall', eventId: 'e1' };

/** What is logged of an event whose processing throws this; undefined when the error comes out. */
async function refusalOf(error: unknown): Promise<unknown> {
  const logged: unknown[] = [];
  const log = createLog((_, message, attributes) => logged.push({ message, ...attributes }));
  await refusingInvalid(log, identity, () => Promise.reject(error)).catch((thrown) => {
    expect(thrown).toBe(error);
  });
  return logged[0];
}

const unsent = new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });

test.each([
  new AppError('storageUnavailable', 'x'),
  new AppError('acsUnreachable', 'x'),
  new Error('the host of Durable Functions does not answer'),
  unsent,
])('%s fails the delivery, as a redelivery may succeed', async (error) => {
  expect(await refusalOf(error)).toBeUndefined();
});

test.each([
  [
    new ZodError([{ code: 'custom', path: ['data', 'from'], message: 'expected an object', input: 'secret' }]),
    'data.from: expected an object',
  ],
  [new StorageRejected('x'), 'StorageRejected'],
  [new AppError('callNotFound', 'x'), 'AppError'],
  [new TypeError('x is undefined'), 'TypeError'],
  [new RangeError('too large'), 'RangeError'],
  [new URIError('malformed'), 'URIError'],
])('%s refuses the event, and names no value', async (error, reason) => {
  const message = 'Event refused for good: it changes nothing and is not delivered again';
  expect(await refusalOf(error)).toEqual({ message, ...identity, reason });
  expect([hasRefusedEvent(1), hasRefusedEvent(0)]).toEqual([true, false]);
});
