/** /emulator/faults: what it keeps, and what it refuses because it could never happen. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Stage, setStage } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const fault = (match: string, action: object, more: object = {}) =>
  stage.emulator.control.post('faults', { match, do: action, ...more });

test('faults are listed, read and deleted', async () => {
  const { id } = (await fault('createCall', { status: 500 }, { times: 2 })) as { id: string };
  await stage.send('POST', '/calling/callConnections', {});

  const stored = { id, match: 'createCall', do: { status: 500 }, times: 2, used: 1 };
  expect(await stage.emulator.control.get(`faults/${id}`)).toEqual(stored);
  expect(await stage.emulator.control.get('faults')).toEqual({ faults: [stored] });
  await stage.emulator.control.delete(`faults/${id}`);
  await expect(stage.emulator.control.get(`faults/${id}`)).rejects.toMatchObject({ status: 404 });
});

test.for([
  ['an unknown name', 'makeCoffee', { status: 500 }, /makeCoffee/],
  ['a full event name', 'Microsoft.Communication.CallConnected', { dropEvent: true }, /short event kind/],
  ['an event action on an operation', 'createCall', { dropEvent: true }, /happens to an event/],
  ['an operation action on an event', 'CallConnected', { status: 500 }, /happens to an operation/],
  ['fail where no event reports failure', 'rejectCall', { fail: { code: 1, subCode: 1, message: '' } }, /no event/],
  ['a signature fault on Event Grid', 'IncomingCall', { badSignature: true }, /no token/],
  ['the answer of a subscriber on a callback', 'CallConnected', { deliveryStatus: 401 }, /is a callback/],
  ['no action', 'createCall', {}, /exactly one/],
  ['two actions', 'createCall', { status: 500, latencyMs: 1 }, /exactly one/],
  ['a code without a status', 'createCall', { dropResponse: true, code: '8500' }, /goes with status/],
  ['a pause without a status', 'createCall', { dropResponse: true, retryAfter: 1 }, /goes with status/],
  ['an unknown action', 'createCall', { explode: true }, /explode/],
] as const)('%s is refused', async ([, match, action, message]) => {
  await expect(fault(match, action)).rejects.toMatchObject({ status: 400, message: expect.stringMatching(message) });
});
