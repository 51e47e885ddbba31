/** The export of a call holds what ACS's side of it needs to be played again, and no one's number, name, digits or words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callExportSchema } from '../../shared/calls/export.ts';
import { connectedCall, guest, ringingCall } from '../support/calls.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard();
});
afterAll(() => board.close());

const wait = { prefer: 'wait=20' };

test('it has each request with its input, each response and each event with its data, and people are tokens', async () => {
  const callId = await connectedCall(board.api, [guest], {
    context: 'planted context',
    metadata: { ticket: 'planted' },
  });
  const play = { sources: [{ text: 'Planted words' }], to: [guest] };
  await board.api('POST', `calls/${callId}/media/play`, play, wait);
  await board.api('POST', `calls/${callId}/media/send-dtmf`, { to: guest, tones: ['seven'] }, wait);
  const absent = { participant: '+14255550188' };
  await board.api('POST', `calls/${callId}/media/hold`, absent, wait);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, wait);
  const { status, body } = await board.api('GET', `calls/${callId}/export`);
  expect(status).toBe(200);
  const file = callExportSchema.parse(body);
  expect(file).toMatchObject({ format: 'acs-switchboard/call', version: 1, people: 'tokens', isCut: false });
  const text = JSON.stringify(file);
  expect(text).not.toMatch(/4255550|[Pp]lanted|seven/);
  const { body: timeline } = await board.api('GET', `calls/${callId}/timeline?limit=200`);
  expect(file.entries.map(({ at, kind }) => ({ at, kind }))).toEqual(
    timeline.items.map(({ at, kind }: { at: string; kind: string }) => ({ at, kind })),
  );
  const events = file.entries.filter(({ kind }) => kind === 'event');
  expect(events.length).toBeGreaterThan(4);
  for (const { event, type, data } of events) {
    expect({ event, type, callConnectionId: data?.callConnectionId }).toEqual({
      event,
      type: `Microsoft.Communication.${event}`,
      callConnectionId: file.call.callConnectionId,
    });
  }
  const [create] = file.entries;
  const [token] = file.call.to ?? [];
  expect(token).toMatch(/^\+999\d{8}$/);
  expect(create?.input).toMatchObject({ targets: [token] });
  expect(file.entries.find(({ operation }) => operation === 'play')?.input).toMatchObject({ to: [token] });
  expect(JSON.stringify(events)).toContain(String(token));
});

test('a call that only rings has one too, and an unknown one has none', async () => {
  const incomingCallId = await ringingCall(board);
  const { body: file } = await board.api('GET', `calls/${incomingCallId}/export`);
  expect(callExportSchema.parse(file).call).toEqual({
    callId: incomingCallId,
    direction: 'inbound',
    createdAt: expect.any(String),
  });
  expect((await board.api('GET', `calls/${crypto.randomUUID()}/export`)).status).toBe(404);
});
