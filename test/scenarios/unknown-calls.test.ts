/** Calls of which ACS's response and all events are lost: unknown, never ended, and under control again once ACS names them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import { openAcs } from '../../shared/acs/client/client.ts';
import { newCallRecord } from '../../shared/calls/call.ts';
import { receiveGridCallEvent } from '../../shared/ledger/events/receive-grid-call-event.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { runCallHousekeeping } from '../../shared/ledger/upkeep/housekeeping.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { openCalls } from '../../shared/storage/calls.ts';
import { aCall } from '../shared/calls/stories.ts';
import { aLedger } from '../shared/ledger/a-ledger.ts';
import { eventually } from '../support/api.ts';
import { requestOf, situations } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app with tables of its own, and a second instance whose clock is ahead');

const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
let board: Switchboard;
let ahead: Ledger;

beforeAll(async () => {
  const windows = { ACS_TIMEOUT_SECONDS: '1', REPEAT_WINDOW_SECONDS: '1', RING_WINDOW_SECONDS: '300' };
  board = await startSwitchboard({ ...withoutTimers, ...windows, TABLE_PREFIX: prefix });
  const storage = { connectionString: inject('storage') };
  ahead = aLedger({
    acs: openAcs({ connectionString: board.emulator.connectionString, isLocal: true }, 1),
    calls: openCalls(storage, prefix),
    index: openCallIndex(storage, prefix, true),
    repeatWindowSeconds: 1,
    ringWindowSeconds: 300,
    callbackUrl: (callId) => `${board.url}/api/callbacks/${callId}`,
    now: () => new Date(Date.now() + 600_000).toISOString(),
  });
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

const all: readonly Operation[] = operations;
const makers = all.filter(({ settles }) => settles.by === 'event' && settles.connects);

/** ACS makes the call, and the app gets neither the response nor an event. Its id, and ACS's connection. */
async function lost(operation: Operation): Promise<{ callId: string; operationId: string; connectionId: string }> {
  const send = await requestOf(board, operation);
  await fault(board, situations[operation.name]?.wire ?? '', { dropResponse: true }, 20);
  for (const kind of ['CallConnected', 'ParticipantsUpdated']) {
    await fault(board, kind, { dropEvent: true }, 20);
  }
  const { body } = await send();
  expect(body).toMatchObject({ status: 'accepted' });
  const { callConnectionId } = await eventually(
    () => atAcs(body.callId),
    (call) => call?.state === 'connected',
  ).then((call) => call ?? { callConnectionId: '' });
  await board.emulator.control.delete('faults');
  for (const _ of ['overdue', 'unknown for a while']) {
    await runCallHousekeeping(ahead, true);
  }
  return { callId: body.callId, operationId: body.operationId, connectionId: callConnectionId };
}

/** The call as ACS has it. */
async function atAcs(callId: string): Promise<{ state: string; callConnectionId: string } | undefined> {
  const { calls } = (await board.emulator.control.get('calls')) as {
    calls: { state: string; callConnectionId: string; callbackUri: string }[];
  };
  return calls.find(({ callbackUri }) => callbackUri.endsWith(`/${callId}`));
}

const isUp = async (callId: string) => (await atAcs(callId))?.state === 'connected';

/** Something happens in the call, and ACS reports it. */
async function somethingHappens(connectionId: string): Promise<void> {
  const { acs } = ahead;
  const said = { kind: 'textSource', text: 'Hello', sourceLocale: 'en-US' } as const;
  await acs.getCallConnection(connectionId).getCallMedia().playToAll([said]);
}

test.each(makers)(
  'a call of $name whose response and events were lost is unknown, and stays on the list',
  async (made) => {
    const { callId, operationId } = await lost(made);
    expect((await board.api('GET', `calls/${callId}`)).body).toMatchObject({ status: 'unknown' });
    expect((await board.api('GET', `operations/${operationId}`)).body).toMatchObject({
      status: 'indeterminate',
      error: { code: 'outcomeUnknown', message: expect.stringContaining('may or may not exist') },
    });
    const { body } = await board.api('GET', 'calls?status=unknown');
    expect(body.items.map((call: { callId: string }) => call.callId)).toContain(callId);
    expect((await ahead.index.listOpen(200, undefined)).items.map((one) => one.callId)).toContain(callId);
    expect(await isUp(callId)).toBe(true);
  },
);

test.each(makers)('an unknown call of $name is hung up as soon as ACS names it', async (made) => {
  const { callId, connectionId } = await lost(made);
  const hungUp = await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true });
  expect(hungUp.status).toBe(202);
  if (await isUp(callId)) {
    await somethingHappens(connectionId);
  }
  await eventually(
    () => isUp(callId),
    (up) => !up,
  );
  const { body: operation } = await eventually(
    () => board.api('GET', `operations/${hungUp.body.operationId}`),
    ({ body }) => !['accepted', 'sent'].includes(body.status),
  );
  expect(operation).toMatchObject({ status: 'succeeded' });
  expect((await board.api('GET', `calls/${callId}`)).body).toMatchObject({ status: 'disconnected' });
});

test.each(makers)('an event revives an unknown call of $name, which can be operated on again', async (made) => {
  const { callId, connectionId } = await lost(made);
  await ahead.index.close(aCall({ callId, createdAt: ahead.now() }), []);
  await somethingHappens(connectionId);
  const { body } = await eventually(
    () => board.api('GET', `calls/${callId}`),
    (call) => call.body.status !== 'unknown',
  );
  expect(body).toMatchObject({ status: 'connected', callConnectionId: connectionId, connectedAt: expect.any(String) });
  expect((await ahead.index.listOpen(200, undefined)).items.map((one) => one.callId)).toContain(callId);
  expect((await board.api('GET', `calls/${callId}/participants`)).status).toBe(200);
  const hungUp = await board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });
  expect(hungUp.body).toMatchObject({ status: 'succeeded' });
});

test('a hang-up that nothing could be sent for ends with a reason, and is still sent when ACS names the call', async () => {
  const [made] = makers;
  const { callId, connectionId } = await lost(made as Operation);
  const { body } = await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true });
  await runCallHousekeeping(ahead, false);
  expect((await board.api('GET', `operations/${body.operationId}`)).body).toMatchObject({ status: 'indeterminate' });
  expect(await isUp(callId)).toBe(true);
  await somethingHappens(connectionId);
  await eventually(
    () => isUp(callId),
    (up) => !up,
  );
});

test("Event Grid's name of an unknown call is enough to hang it up", async () => {
  const [made] = makers;
  const { callId, connectionId } = await lost(made as Operation);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true });
  const properties = await ahead.acs.getCallConnection(connectionId).getCallConnectionProperties();
  const { serverCallId = '', correlationId = '' } = properties;
  const stored = await ahead.calls.readCall(callId);
  await ahead.index.addAcsIds({ ...(stored?.record ?? newCallRecord(noCall)), correlationId });
  const [id, at] = [randomUUID(), ahead.now()];
  const event = { id, at, kind: 'CallStarted', correlationId, serverCallId, data: {} } as const;
  expect(await isUp(callId)).toBe(true);
  await receiveGridCallEvent({ ledger: ahead, callEvents: { send: async () => {} } }, event);
  expect(await isUp(callId)).toBe(false);
});

const noCall = { salt: '', callId: '', direction: 'outbound', createdAt: '' } as const;
