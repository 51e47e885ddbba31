/** The Rooms API by its REST shapes, and phones dialed from rooms. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, type Stage, setStage, USER } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

/** Sends and answers status and parsed body. */
async function ask(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await stage.send(method, `${path}?api-version=2024-04-15`, body);
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

test('a room is created, read, changed, listed and deleted', async () => {
  const created = await ask('POST', '/rooms', {
    pstnDialOutEnabled: true,
    participants: { [USER]: { role: 'presenter' } },
  });
  const path = `/rooms/${created.body.id}`;

  expect(created).toMatchObject({
    status: 201,
    body: { id: expect.stringMatching(/^99\d{15}$/), pstnDialOutEnabled: true },
  });
  expect(await ask('GET', path)).toEqual({ status: 200, body: created.body });
  expect(await ask('PATCH', path, { pstnDialOutEnabled: false })).toMatchObject({
    status: 200,
    body: { pstnDialOutEnabled: false },
  });
  expect(await ask('GET', '/rooms')).toMatchObject({ status: 200, body: { value: [{ id: created.body.id }] } });
  expect(await ask('DELETE', path)).toMatchObject({ status: 204 });
  expect(await ask('GET', path)).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
});

test('a room has 350 people at most', async () => {
  const people = Array.from({ length: 350 }, (_, index) => [`8:acs:${index}`, {}]);
  const { body } = await ask('POST', '/rooms', { participants: Object.fromEntries(people) });
  const change = (participants: object) => ask('PATCH', `/rooms/${body.id}/participants`, { participants });

  expect(await change({ '8:acs:350': {} })).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } });
  expect(await change({ '8:acs:0': { role: 'presenter' } })).toMatchObject({ status: 200 });
  expect(await change({ '8:acs:0': null })).toMatchObject({ status: 200 });
  expect(await change({ '8:acs:350': {} })).toMatchObject({ status: 200 });
});

test('the people of a room are merged by id', async () => {
  const { body } = await ask('POST', '/rooms', { participants: { [USER]: {} } });
  const path = `/rooms/${body.id}/participants`;
  expect(await ask('GET', path)).toMatchObject({ body: { value: [{ rawId: USER, role: 'Attendee' }] } });
  await ask('PATCH', path, { participants: { [USER]: null, '8:acs:a_b': { role: 'Consumer' } } });

  expect(await ask('GET', path)).toMatchObject({ body: { value: [{ rawId: '8:acs:a_b', role: 'Consumer' }] } });
});

test('a room that ends before it starts is refused', async () => {
  const times = { validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' };

  expect(await ask('POST', '/rooms', times)).toMatchObject({ status: 400 });
});

test('an unknown room or server call answers 200, then ConnectFailed', async () => {
  for (const locator of [
    { kind: 'roomCallLocator', id: '99000000000000009' },
    { kind: 'serverCallLocator', id: 'dW5rbm93bg==' },
  ] as const) {
    await stage.client.connectCall(locator, stage.callback, { operationContext: 'mine' });
  }
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['ConnectFailed', 'ConnectFailed']);
  expect(stage.app.arrivals[0]?.event.data).toMatchObject({
    operationContext: 'mine',
    resultInformation: { code: 404 },
  });
});

test.for([
  [true, 'AddParticipantSucceeded'],
  [false, 'AddParticipantFailed'],
] as const)('with dial-out %s adding a phone to a room ends in %s', async ([pstnDialOutEnabled, kind]) => {
  const { body } = await ask('POST', '/rooms', { pstnDialOutEnabled });
  const locator = { kind: 'roomCallLocator', id: String(body.id) } as const;
  const { callConnection } = await stage.client.connectCall(locator, stage.callback);
  await stage.advance(0);
  await callConnection.addParticipant({
    targetParticipant: { phoneNumber: ANNA },
    sourceCallIdNumber: { phoneNumber: APP_NUMBER },
  });
  await stage.advance(200);

  expect(stage.app.kinds()).toContain(kind);
});

test('an app stays in a room when the last one leaves, and can hang up', async () => {
  const { body } = await ask('POST', '/rooms', { pstnDialOutEnabled: true });
  const locator = { kind: 'roomCallLocator', id: String(body.id) } as const;
  const { callConnection } = await stage.client.connectCall(locator, stage.callback);
  await stage.advance(0);
  await callConnection.addParticipant({
    targetParticipant: { phoneNumber: ANNA },
    sourceCallIdNumber: { phoneNumber: APP_NUMBER },
  });
  await stage.advance(200);
  await callConnection.removeParticipant({ phoneNumber: ANNA });
  await stage.advance(0);
  expect(stage.app.kinds()).not.toContain('CallDisconnected');
  await callConnection.hangUp(true);
  await stage.advance(0);

  expect(stage.app.kinds().at(-1)).toBe('CallDisconnected');
});

test('a room call goes on for the one person in it when the app leaves', async () => {
  await stage.emulator.control.put('rooms/99000000000000001', {});
  await stage.emulator.control.post('rooms/99000000000000001/join', { party: USER });
  const locator = { kind: 'roomCallLocator', id: '99000000000000001' } as const;
  const first = await stage.client.connectCall(locator, stage.callback);
  await stage.advance(0);
  await first.callConnection.hangUp(false);
  const second = await stage.client.connectCall(locator, stage.callback);
  await stage.advance(0);

  expect(second.callConnectionProperties.serverCallId).toBe(first.callConnectionProperties.serverCallId);
  expect((await second.callConnection.listParticipants()).values).toHaveLength(1);
});
