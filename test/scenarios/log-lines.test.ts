/** What the log says of a call from its creation to its end, so that its life can be read there. */
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { dialIn } from '../support/incoming-calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, party, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly("reads the host's log");

const callerId = '+14255550100';
const lines: string[] = [];
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers, {}, (line) => lines.push(line));
});
afterAll(() => board.close());

/** The attributes of each message with this text and the id. */
function logged(message: string, id: string): object[] {
  const written = lines.filter((line) => line.includes(` ${message} {`) && line.includes(id));
  return written.map((line) => JSON.parse(line.slice(line.indexOf('{'))));
}

const until = (message: string, id: string) =>
  eventually(
    async () => logged(message, id),
    (found) => found.length > 0,
  );

test('the log reports once that a call is connected and that it has ended, and each outcome with its operation', async () => {
  await party(board, '+14255550151', { onRing: 'answer' });
  const { body } = await board.api('POST', 'calls', { targets: ['+14255550151'], callerId }, { prefer: 'wait=20' });
  const { callId } = body;
  const hangUp = await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await until('Call ended', callId);

  expect(logged('Call connected', callId)).toEqual([{ callId }]);
  expect(logged('Call ended', callId)).toEqual([
    expect.objectContaining({ callId, status: 'disconnected', reason: 'hungUp', endedBy: 'app' }),
  ]);
  const settled = logged('Operation settled', callId);
  expect(settled).toContainEqual({
    callId,
    operationId: callId,
    operation: 'createCall',
    status: 'succeeded',
    settledBy: 'event',
  });
  expect(settled).toContainEqual(
    expect.objectContaining({ operation: 'hangUp', operationId: hangUp.body.operationId }),
  );
});

test('the log reports the end of a call that ACS refuses, with the failed operation', async () => {
  await fault(board, 'createCall', { status: 403 });
  const { body } = await board.api('POST', 'calls', { targets: ['+14255550152'], callerId });
  const { operationId } = body;

  expect(logged('Call ended', operationId)).toEqual([
    expect.objectContaining({ callId: operationId, status: 'failed', endedBy: 'acs', acsCode: 403 }),
  ]);
  expect(logged('Operation settled', operationId)).toEqual([
    { callId: operationId, operationId, operation: 'createCall', status: 'failed', settledBy: 'response' },
  ]);
  expect(logged('Call connected', operationId)).toEqual([]);
});

test('the log names the rule that takes an incoming call', async () => {
  await board.api('PUT', 'routing-rules/desk', { priority: 1, match: { to: callerId }, action: { kind: 'leave' } });
  const ruled = await dialIn(board, { to: callerId });
  const unruled = await dialIn(board, { to: '+14255550199' });
  await until('Incoming call', ruled.incomingCallId);
  await until('Incoming call', unruled.incomingCallId);

  expect(logged('Incoming call', ruled.incomingCallId)).toEqual([
    { incomingCallId: ruled.incomingCallId, action: 'leave', ruleId: 'desk' },
  ]);
  expect(logged('Incoming call', unruled.incomingCallId)).toEqual([
    { incomingCallId: unruled.incomingCallId, action: 'leave' },
  ]);
});
