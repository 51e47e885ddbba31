/** Who is in a call: one, all, and after the app came back to it. */

import { parseCallAutomationEvent } from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage } from '../stage.ts';

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

test('hangUp(false) leaves a group to talk on, and a server call locator finds it again', async () => {
  const connection = await stage.connected();
  await connection.addParticipant(invite(BOB));
  await stage.advance(200);
  const { serverCallId = '' } = await connection.getCallConnectionProperties();
  await connection.hangUp(false);
  await stage.advance(0);
  expect(stage.app.kinds().at(-1)).toBe('CallDisconnected');
  stage.app.arrivals.length = 0;

  const locator = { kind: 'serverCallLocator', id: serverCallId } as const;
  const { callConnection, callConnectionProperties } = await stage.client.connectCall(locator, stage.callback);
  await stage.advance(0);

  expect(callConnectionProperties.serverCallId).toBe(serverCallId);
  expect(stage.app.kinds()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  const { values = [] } = await callConnection.listParticipants();
  expect(values.map(({ identifier }) => identifier)).toMatchObject([{ phoneNumber: ANNA }, { phoneNumber: BOB }]);
});

test('getParticipant finds one, listParticipants has everyone on one page', async () => {
  const members = Array.from({ length: 350 }, (_, index) => `8:acs:resource_${index}`);
  await stage.client.createGroupCall(members.map(user), stage.callback);
  await stage.advance(200);
  const callConnectionId = stage.app.of('CallConnected')[0]?.event.data.callConnectionId ?? '';
  const connection = stage.client.getCallConnection(callConnectionId);

  const { values = [] } = await connection.listParticipants();
  const one = await connection.getParticipant(user('8:acs:resource_7'));

  expect(values.map(({ identifier }) => identifier)).toEqual(members.map(user));
  // A client that never follows nextLink, as that of .NET, sees everyone.
  const page = await stage.send('GET', `/calling/callConnections/${callConnectionId}/participants`);
  expect(await page.json()).toEqual({ value: expect.objectContaining({ length: 350 }) });
  expect(one).toMatchObject({ identifier: user('8:acs:resource_7'), isMuted: false });
  await expect(connection.getParticipant(phone(BOB))).rejects.toMatchObject({ statusCode: 404 });
});

test('participantsPageSize makes pages small, and the links lead from one to the next', async () => {
  const paged = await setStage({ participantsPageSize: 2 });
  try {
    const members = Array.from({ length: 5 }, (_, index) => `8:acs:resource_${index}`);
    await paged.client.createGroupCall(members.map(user), paged.callback);
    await paged.advance(200);
    const callConnectionId = paged.app.of('CallConnected')[0]?.event.data.callConnectionId ?? '';

    const { values = [] } = await paged.client.getCallConnection(callConnectionId).listParticipants();
    const first = await paged.send('GET', `/calling/callConnections/${callConnectionId}/participants`);

    expect(values.map(({ identifier }) => identifier)).toEqual(members.map(user));
    expect(await first.json()).toEqual({
      value: expect.objectContaining({ length: 2 }),
      nextLink: expect.stringContaining('skip=2'),
    });
  } finally {
    await paged.close();
  }
});
