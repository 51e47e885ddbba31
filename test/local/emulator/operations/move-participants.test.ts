/** moveParticipants: from one call of the app to another. */

import { type CallConnection, parseCallAutomationEvent } from '@azure/communication-call-automation';
import { isPhoneNumberIdentifier } from '@azure/communication-common';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, BOB, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterEach(() => {
  // Whatever was sent, the SDK's own parser must understand.
  for (const { kind, event } of stage.app.arrivals) {
    expect(parseCallAutomationEvent(event as never)).toMatchObject({ kind });
  }
});
afterAll(() => stage.close());

const phone = (phoneNumber: string) => ({ phoneNumber });
const user = (communicationUserId: string) => ({ communicationUserId });
const context = { operationContext: 'mine' };

test('moveParticipants moves a participant and ends the call they were alone in', async () => {
  const from = await stage.connected(ANNA);
  const to = await stage.connected(BOB);
  const { callConnectionId: fromCall = '' } = await from.getCallConnectionProperties();

  const answer = await to.moveParticipants([phone(ANNA), user(USER)], fromCall, context);
  await stage.advance(0);

  expect(answer).toMatchObject({ operationContext: 'mine', fromCall });
  const here = stage.app.arrivals.filter(({ event }) => event.data.callConnectionId !== fromCall);
  expect(here.map(({ kind }) => kind)).toEqual([
    'MoveParticipantSucceeded',
    'MoveParticipantFailed',
    'ParticipantsUpdated',
  ]);
  expect(here[0]?.event.data).toMatchObject({
    participant: { rawId: `4:${ANNA}` },
    fromCall,
    operationContext: 'mine',
  });
  expect(here[1]?.event.data).toMatchObject({ resultInformation: { subCode: 8558 } });
  expect(here[2]?.event.data.participants).toHaveLength(2);
  const there = stage.app.arrivals.filter(({ event }) => event.data.callConnectionId === fromCall);
  expect(there.map(({ kind }) => kind)).toEqual(['CallDisconnected']);
});

test('a moved party goes on with its script in the new call', async () => {
  await stage.script(ANNA, { waitMs: 5000 }, { hangUp: true });
  const from = await stage.connected(ANNA);
  const to = await stage.connected(BOB);
  const { callConnectionId = '' } = await from.getCallConnectionProperties();
  await to.moveParticipants([phone(ANNA)], callConnectionId);
  await stage.advance(0);

  await stage.advance(5000);

  const { values = [] } = await to.listParticipants();
  expect(values.map(({ identifier }) => identifier)).toMatchObject([{ phoneNumber: BOB }]);
});

test('a number that is moved into a call twice is two participants, until it is removed', async () => {
  const to = await stage.connected(BOB);
  for (const _ of [1, 2]) {
    const from = await stage.connected(ANNA);
    const { callConnectionId = '' } = await from.getCallConnectionProperties();
    await to.moveParticipants([phone(ANNA)], callConnectionId);
    await stage.advance(0);
  }
  expect(await numbersIn(to)).toEqual([BOB, ANNA, ANNA]);

  const elsewhere = await stage.connected(USER);
  const { callConnectionId = '' } = await to.getCallConnectionProperties();
  await elsewhere.moveParticipants([phone(ANNA)], callConnectionId);
  await stage.advance(0);
  expect(await numbersIn(to)).toEqual([BOB]);

  await elsewhere.removeParticipant(phone(ANNA));
  await stage.advance(0);
  expect(await numbersIn(elsewhere)).toEqual([undefined]);
});

async function numbersIn(connection: CallConnection): Promise<(string | undefined)[]> {
  const { values = [] } = await connection.listParticipants();
  return values.map(({ identifier }) =>
    identifier !== undefined && isPhoneNumberIdentifier(identifier) ? identifier.phoneNumber : undefined,
  );
}
