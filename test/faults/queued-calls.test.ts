/** Calls that wait for a limit when the host is killed: each goes out once, in order, and none is lost. */
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { callerId, guest } from '../support/calls.ts';
import { type KillableApp, startKillableApp } from '../support/killable-app.ts';
import { ownHostOnly } from '../support/suited.ts';
import { entriesSince } from '../support/wire.ts';

const test = ownHostOnly('kills the host');
let app: KillableApp;

beforeAll(async () => {
  app = await startKillableApp({ MAX_OPEN_CALLS: '1' });
});
afterAll(() => app.close());

const operation = async (operationId: string) => (await app.api('GET', `operations/${operationId}`)).body;
const settled = (operationId: string) =>
  eventually(
    () => operation(operationId),
    ({ status }) => !['queued', 'accepted', 'sent'].includes(status),
  );

/** The calls of the app that ACS made, in their order. */
async function dialed(): Promise<string[]> {
  const made = (await entriesSince(app, 0)).filter(
    ({ kind, operation: name, replayed }) => kind === 'response' && name === 'createCall' && !replayed,
  );
  const { calls } = (await app.emulator.control.get('calls')) as {
    calls: { callConnectionId: string; callbackUri: string }[];
  };
  return made.flatMap(({ body }) =>
    calls
      .filter(({ callConnectionId }) => callConnectionId === body.callConnectionId)
      .map(({ callbackUri }) => callbackUri.split('/').at(-1) ?? ''),
  );
}

test('calls that wait when the host is killed, also while the limit lets them go, go out once and in order after it is back', async () => {
  const create = async (more: object) => {
    const answer = await app.api('POST', 'calls', { targets: [guest], callerId, ...more }, { prefer: 'wait=1' });
    return answer.body.callId;
  };
  const first = await create({});
  const waiting: string[] = [];
  for (const _ of ['one', 'two']) {
    waiting.push(await create({ queue: { forSeconds: 1800 } }));
  }
  await app.kill();
  await app.start();
  expect(await Promise.all(waiting.map(async (id) => (await operation(id)).status))).toEqual(
    waiting.map(() => 'queued'),
  );
  for (const [over, next = ''] of [first, ...waiting].map((id, index) => [id, waiting[index]] as const).slice(0, -1)) {
    await eventually(
      () => app.api('POST', `calls/${over}/hang-up`, { forEveryone: true }),
      ({ status }) => status < 300 || status === 410,
    );
    // The slot is free at about this time, and the next call goes out, or will.
    await app.kill();
    await app.start();
    expect((await settled(next)).status).toBe('succeeded');
  }
  expect(await dialed()).toEqual([first, ...waiting]);
});
