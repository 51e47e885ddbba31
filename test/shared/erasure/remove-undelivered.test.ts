/** Dead letters and poison messages go when they are older than they are kept, each by its own setting. */
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { expect, inject, test } from 'vitest';
import { removeUndelivered } from '../../../shared/erasure/remove-undelivered.ts';
import { openDeadLetters } from '../../../shared/storage/dead-letters.ts';
import { openQueueMessages } from '../../../shared/storage/queue-messages.ts';
import { openScanProgress } from '../../../shared/storage/scan-progress.ts';
import { aLedger, aPrefix } from '../ledger/a-ledger.ts';

const dayMs = 86_400_000;
const storage = { connectionString: inject('storage') };

async function someUndelivered() {
  const prefix = aPrefix();
  const clock = { days: 0 };
  const ledger = aLedger({ now: () => new Date(Date.now() + clock.days * dayMs).toISOString() }, prefix);
  const queue = QueueServiceClient.fromConnectionString(inject('storage')).getQueueClient(
    `${prefix.toLowerCase()}notifications-poison`,
  );
  await queue.createIfNotExists();
  await queue.sendMessage(Buffer.from('{"digits":"42"}').toString('base64'));
  // A container of its own: that of the deployment is that of every test.
  const container = BlobServiceClient.fromConnectionString(inject('storage')).getContainerClient(prefix.toLowerCase());
  await container.create();
  await container.getBlockBlobClient('a/b.json').upload('[]', 2);
  const parts = {
    deadLetters: openDeadLetters(storage, container.containerName),
    queues: openQueueMessages(storage, prefix),
  };
  const deadLetterScan = openScanProgress(storage, `${prefix}callIndex`, 'deadLetters');
  const left = async () => ({
    deadLetter: await container.getBlobClient('a/b.json').exists(),
    messages: (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.length,
  });
  return { ledger, clock, parts, deadLetterScan, left };
}

test('nothing goes where no setting limits it', async () => {
  const { ledger, clock, parts, deadLetterScan, left } = await someUndelivered();
  clock.days = 1000;
  await removeUndelivered(parts, ledger, { deadLetterScan });
  expect([await left(), await deadLetterScan.read()]).toEqual([{ deadLetter: true, messages: 1 }, {}]);
});

test('both go at DEAD_LETTER_DAYS, and not before', async () => {
  const { ledger, clock, parts, deadLetterScan, left } = await someUndelivered();
  clock.days = 3;
  await removeUndelivered(parts, ledger, { deadLetterDays: 4, deadLetterScan });
  expect(await left()).toEqual({ deadLetter: true, messages: 1 });
  clock.days = 3.9;
  await removeUndelivered(parts, ledger, { deadLetterDays: 3, deadLetterScan });
  expect(await left(), 'not twice a day').toEqual({ deadLetter: true, messages: 1 });
  clock.days = 4.1;
  await removeUndelivered(parts, ledger, { deadLetterDays: 4, deadLetterScan });
  expect(await left()).toEqual({ deadLetter: false, messages: 0 });
});

test('poison messages hold digits, and go at CONTENT_DAYS at the latest', async () => {
  const { ledger, clock, parts, deadLetterScan, left } = await someUndelivered();
  clock.days = 2.1;
  await removeUndelivered(parts, ledger, { deadLetterDays: 4, contentDays: 2, deadLetterScan });
  expect(await left()).toEqual({ deadLetter: true, messages: 0 });
});

test('a search for dead letters that is not done within one run goes on where it ended', async () => {
  const { ledger, parts, deadLetterScan } = await someUndelivered();
  const asked: (string | undefined)[] = [];
  const deadLetters = {
    ...parts.deadLetters,
    removeBefore: async (_: string, position: string | undefined) => {
      asked.push(position);
      const next = Number(position ?? 0) + 1;
      return { removed: 1, next: next < 3 ? String(next) : undefined };
    },
  };
  await removeUndelivered({ ...parts, deadLetters }, ledger, { deadLetterDays: 4, deadLetterScan }, 2);
  expect(await deadLetterScan.read()).toEqual({ position: '2' });
  await removeUndelivered({ ...parts, deadLetters }, ledger, { deadLetterDays: 4, deadLetterScan }, 2);
  expect([asked, await deadLetterScan.read()]).toEqual([[undefined, '1', '2'], { doneAt: expect.any(String) }]);
});

test('a container that the app may not read ends the search for the day', async () => {
  const { ledger, parts, deadLetterScan } = await someUndelivered();
  const deadLetters = { ...parts.deadLetters, removeBefore: async () => 'forbidden' as const };
  await removeUndelivered({ ...parts, deadLetters }, ledger, { deadLetterDays: 4, deadLetterScan });
  expect((await deadLetterScan.read()).doneAt).toBeDefined();
});
