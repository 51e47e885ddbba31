/** createCall and createGroupCall: what they answer, and how the call is answered or not. */

import { parseCallAutomationEvent } from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage, USER } from '../stage.ts';

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
const invite = (number: string) => ({ targetParticipant: phone(number), sourceCallIdNumber: phone(APP_NUMBER) });
const context = { operationContext: 'mine' };
const OK = { code: 200, subCode: 0 };

test('createCall answers without a server call id, and the call connects when the phone is answered', async () => {
  const target = { ...invite(ANNA), sourceDisplayName: 'Reception' };
  const { callConnectionProperties } = await stage.client.createCall(target, stage.callback, context);
  await stage.advance(199);
  expect(stage.app.kinds()).toEqual([]);
  await stage.advance(1);

  expect(callConnectionProperties).toMatchObject({
    callConnectionState: 'connecting',
    callbackUri: stage.callback,
    sourceDisplayName: 'Reception',
    targetParticipants: [{ phoneNumber: ANNA }],
    sourceCallerIdNumber: { phoneNumber: APP_NUMBER },
  });
  expect(callConnectionProperties.serverCallId).toBeUndefined();
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  const [connected, updated] = stage.app.arrivals;
  expect(connected?.event.data).toMatchObject({
    operationContext: 'mine',
    version: '2026-03-12',
    resultInformation: OK,
  });
  expect(updated?.event.data).toMatchObject({
    sequenceNumber: 1,
    participants: [{ identifier: { rawId: `4:${ANNA}` } }],
  });
  expect(updated?.event.data).not.toHaveProperty('operationContext');
});

test('createGroupCall connects with the first answer and lists the second later', async () => {
  await stage.emulator.control.put(`parties/${BOB}`, { afterMs: 1000 });
  const options = { sourceCallIdNumber: phone(APP_NUMBER) };
  await stage.client.createGroupCall([phone(ANNA), phone(BOB), user(USER)], stage.callback, options);

  await stage.advance(200);
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated', 'ParticipantsUpdated']);
  await stage.advance(800);

  expect(stage.app.of('ParticipantsUpdated').at(-1)?.event.data.participants).toHaveLength(3);
});
