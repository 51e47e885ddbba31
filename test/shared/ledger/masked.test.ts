import { expect, test } from 'vitest';
import { readOperation } from '../../../shared/ledger/reads/read.ts';
import { aCall } from '../calls/stories.ts';
import { aLedger, anIntent } from './a-ledger.ts';

const covered = { masked: true };
const input = { tones: ['one'], to: '+14255550123' };

test('the input of a masked operation is stored for a takeover, hidden from readers, and covered when its sequence ends', async () => {
  const ledger = aLedger();
  const intent = anIntent({ name: 'sendDtmfTones', masked: true, input });
  const { operationId, callId } = intent;
  await ledger.calls.claim(intent, aCall({ callId }));
  const stored = await ledger.calls.readCall(callId);
  const progress = { status: 'succeeded', result: { tones: ['one'] } } as const;
  await ledger.calls.write({ call: stored ?? { record: aCall(), etag: '' }, progress: [operationId, progress] });
  expect((await ledger.calls.readIntent(operationId))?.input).toEqual(input);
  const shown = { input: { ...input, tones: covered }, result: covered };
  expect(await readOperation(ledger, operationId)).toMatchObject(shown);
  await ledger.calls.cover(callId, operationId);
  expect((await ledger.calls.readIntent(operationId))?.input).toEqual(shown.input);
  expect(await ledger.calls.readProgress(callId, operationId)).toMatchObject({ result: covered });
});

test('an input of more than 64 KiB is stored whole', async () => {
  const ledger = aLedger();
  const ssml = `<speak>${'word '.repeat(20_000)}</speak>`;
  const intent = anIntent({ name: 'play', input: { sources: [{ ssml }] } });
  await ledger.calls.claim(intent, aCall({ callId: intent.callId }));
  expect(await readOperation(ledger, intent.operationId)).toMatchObject({ input: { sources: [{ ssml }] } });
});
