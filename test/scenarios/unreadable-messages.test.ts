/** Messages on the app's queues that are none of its own: to the poison queue at once, with the reason in the log. */
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { appQueues } from '../../shared/storage/queues.ts';
import { eventually } from '../support/api.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly("puts messages on queues of its own, and reads the host's log");

const prefix = `u${Date.now()}`;
const secret = '+14255550123';
const lines: string[] = [];
let board: Switchboard;

beforeAll(async () => {
  const settings = { ...withoutTimers, TABLE_PREFIX: prefix };
  board = await startSwitchboard(settings, {}, (line) => lines.push(line));
  // The app makes a queue when it first sends to it; Azure's host makes none.
  await Promise.all(appQueues.map((name) => queueOf(name).createIfNotExists()));
});
afterAll(() => board.close());

const queueOf = (name: string) => new QueueClient(inject('storage'), `${prefix}${name}`);

/** The texts on a queue, which may not be there yet. */
async function textsOn(name: string): Promise<string[]> {
  const messages = await queueOf(name)
    .peekMessages({ numberOfMessages: 32 })
    .catch(() => undefined);
  return (messages?.peekedMessageItems ?? []).map(({ messageText }) => Buffer.from(messageText, 'base64').toString());
}

const anEvent = { id: '1', eventTime: '2026-01-01T00:00:00Z', subject: secret, data: {} };
const unreadable = [
  ['text that is no JSON', `hello ${secret}`],
  ['JSON that is no object', '[1]'],
  ['an object of another kind', JSON.stringify({ caller: secret })],
  ['an event of another kind', JSON.stringify({ ...anEvent, eventType: 'Microsoft.Communication.SMSReceived' })],
  [
    'an incoming call without its context',
    JSON.stringify({ ...anEvent, eventType: 'Microsoft.Communication.IncomingCall' }),
  ],
  [
    'files without chunks',
    JSON.stringify({ ...anEvent, eventType: 'Microsoft.Communication.RecordingFileStatusUpdated' }),
  ],
  [
    'a notification that is not compressed',
    JSON.stringify({ receiver: { webhookId: 'a' }, attempt: 1, packed: 'aGk=' }),
  ],
] as const;

const each = appQueues.flatMap((queue) => unreadable.map(([what, text]) => [queue, what, text] as const));

test.each(each)('on %s, %s is given once, and kept as it is', async (queue, _, text) => {
  const before = (await textsOn(`${queue}-poison`)).filter((one) => one === text).length;
  const { length } = lines;
  await queueOf(queue).sendMessage(Buffer.from(text).toString('base64'));
  await eventually(
    () => textsOn(`${queue}-poison`),
    (texts) => texts.filter((one) => one === text).length === before + 1,
  );
  const logged = await eventually(
    async () => lines.slice(length).filter((line) => line.includes('Queue message does not match its schema')),
    (found) => found.length === 1,
  );
  expect(logged[0]).toMatch(/"reason":"[^"]+"/);
  expect(logged[0]).toContain(`"queue":"${queue}"`);
  expect(lines.slice(length).join('\n')).not.toContain(secret);
});

test('a queue that does not take the message gives it again, so that it is not lost', async () => {
  const text = JSON.stringify({ lost: 1 });
  let refused = 0;
  board.queues.onPass = ({ method, path }, moment) => {
    if (moment === 'request' && method === 'POST' && path.includes('notifications-poison') && refused < 2) {
      refused += 1;
      throw new Error('away');
    }
  };
  await queueOf('notifications').sendMessage(Buffer.from(text).toString('base64'));
  await eventually(
    () => textsOn('notifications-poison'),
    (texts) => texts.includes(text),
    60_000,
  );
  expect(refused).toBeGreaterThan(0);
});
