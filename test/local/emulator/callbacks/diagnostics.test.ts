/** The diagnostics of the telephone network in failures, by API version. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const phone = (value: string) => ({ phoneNumber: { value } });

/** Calls a party; resolves with the id of the connection. */
async function call(target: object, apiVersion: string): Promise<string> {
  const body = { targets: [target], sourceCallerIdNumber: { value: APP_NUMBER }, callbackUri: stage.callback };
  const response = await stage.send('POST', `/calling/callConnections?api-version=${apiVersion}`, body);
  return ((await response.json()) as { callConnectionId: string }).callConnectionId;
}

const resultsOf = (kind: string) => stage.app.of(kind).map(({ event }) => event.data.resultInformation);

test.for([
  ['decline', 603, 'Decline', 21, 'Call rejected'],
  ['busy', 486, 'Busy Here', 17, 'User busy'],
  ['noAnswer', 480, 'Temporarily Unavailable', 19, 'No answer from user'],
  ['unreachable', 404, 'Not Found', 1, 'Unallocated number'],
  ['invalidNumber', 484, 'Address Incomplete', 28, 'Invalid number format'],
] as const)(
  'a phone that answers %s has SIP %i and Q.850 details in each failure',
  async ([onRing, sip, phrase, q850, cause]) => {
    const details = { sipDetails: { code: sip, message: phrase }, q850Details: { code: q850, message: cause } };
    await stage.emulator.control.put(`parties/${BOB}`, { onRing });
    await call(phone(BOB), '2026-03-12');
    const id = await call(phone(ANNA), '2026-03-12');
    await stage.advance(200);
    const caller = { sourceCallerIdNumber: { value: APP_NUMBER } };
    await stage.send('POST', `/calling/callConnections/${id}/participants:add`, {
      participantToAdd: phone(BOB),
      ...caller,
    });
    await stage.send('POST', `/calling/callConnections/${id}:transferToParticipant`, { targetParticipant: phone(BOB) });
    await stage.advance(120_000);

    for (const kind of ['CreateCallFailed', 'CallDisconnected', 'AddParticipantFailed', 'CallTransferFailed']) {
      expect([kind, resultsOf(kind)]).toMatchObject([kind, [details]]);
    }
  },
);

test.for([
  ['2026-03-12', ['sipDetails', 'q850Details']],
  ['2025-08-15-preview', ['sipCode', 'q850Cause']],
  ['2025-06-15', []],
  ['2024-09-01-preview', []],
] as const)('the API version %s has the members %o', async ([apiVersion, members]) => {
  await stage.emulator.control.put(`parties/${BOB}`, { onRing: 'busy' });
  await call(phone(BOB), apiVersion);
  await stage.advance(200);

  const [result] = resultsOf('CreateCallFailed') as object[];
  expect(Object.keys(result ?? {})).toEqual(['code', 'subCode', 'message', ...members]);
});

test('a user has no such details: there is no telephone network', async () => {
  await stage.emulator.control.put(`parties/${USER}`, { onRing: 'busy' });
  await call({ communicationUser: { id: USER } }, '2026-03-12');
  await stage.advance(200);

  expect(resultsOf('CreateCallFailed')).toEqual([{ code: 486, subCode: 560486, message: expect.any(String) }]);
});
