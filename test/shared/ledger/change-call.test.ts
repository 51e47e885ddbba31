import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newCallRecord } from '../../../shared/calls/call.ts';
import { eventEntry } from '../../../shared/calls/timeline.ts';
import { changeCall } from '../../../shared/ledger/change-call.ts';
import { openCallQueues } from '../../../shared/ledger/memory/call-queues.ts';
import { aLedger, anIntent } from './a-ledger.ts';

async function aStoredCall() {
  const ledger = aLedger();
  const call = newCallRecord({ salt: 'salt', callId: randomUUID(), direction: 'outbound', createdAt: ledger.now() });
  await ledger.calls.claim(anIntent({ operationId: call.callId }), call);
  return { ledger, callId: call.callId };
}

test('changes that are made at once, on several instances, are all made', async () => {
  const { ledger, callId } = await aStoredCall();
  const instances = [ledger, { ...ledger, callQueues: openCallQueues() }, { ...ledger, callQueues: openCallQueues() }];
  await Promise.all(
    instances.map((instance, index) =>
      changeCall(instance, callId, (call) => ({
        ...call,
        participants: [...call.participants, { participant: `8:acs:${index}`, isMuted: false, isOnHold: false }],
      })),
    ),
  );
  expect((await ledger.calls.readCall(callId))?.record.participants).toHaveLength(3);
});

test('a change that meets a write conflict is made in the call as it is then', async () => {
  const { ledger, callId } = await aStoredCall();
  const elsewhere = { ...ledger, callQueues: openCallQueues() };
  let reads = 0;
  const calls = {
    ...ledger.calls,
    async readCall(id: string) {
      const stored = await ledger.calls.readCall(id);
      reads += 1;
      if (reads === 1) {
        await changeCall(elsewhere, id, (call) => ({ ...call, serverCallId: 'server' }));
      }
      return stored;
    },
  };
  const changed = await changeCall({ ...ledger, calls }, callId, (call) => ({ ...call, correlationId: 'correlation' }));
  expect(changed).toMatchObject({ serverCallId: 'server', correlationId: 'correlation' });
  expect(reads).toBe(2);
});

test('an event that is redelivered changes nothing', async () => {
  const { ledger, callId } = await aStoredCall();
  const event = eventEntry({ id: 'e', at: ledger.now(), kind: 'RecordingFileStatusUpdated' });
  const named = (serverCallId: string) => changeCall(ledger, callId, (call) => ({ ...call, serverCallId }), { event });
  expect(await named('first')).toMatchObject({ serverCallId: 'first' });
  expect(await named('second')).toMatchObject({ serverCallId: 'first' });
});

test('a call that is not stored is 404', async () => {
  await expect(changeCall(aLedger(), randomUUID(), (call) => call)).rejects.toThrow('No call has this id.');
});
