import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';
import { ManualClock } from '../support/manual-clock.ts';

const clock = new ManualClock('2026-01-01T00:00:00Z');
/** Seen of the real host with the same app: 500 after 240.0 s. */
const timeoutMs = 240_000;
let host: Host;

beforeAll(async () => {
  const settings = { AzureFunctionsJobHost__functionTimeout: '00:00:02' };
  host = await startHost({ root: appRoot('streaming'), log: 'off', clock, settings });
});
afterAll(() => host.close());

/** The answer once the time is over for which the real host waits for one. */
async function answerInTheEnd(answer: Promise<Response>): Promise<Response> {
  await clock.awaited(new Date(Number(clock.now()) + timeoutMs).toISOString());
  clock.advance(timeoutMs);
  return answer;
}

it.each([
  ['returns nothing', 'nothing', {}],
  ['throws', 'throws', { method: 'POST', body: 'unread' }],
])('answers 500, after a while, for a function that %s', async (_, path, init) => {
  const response = await answerInTheEnd(fetch(`${host.url}/api/${path}`, init));

  expect(response.status).toBe(500);
  expect(await response.text()).toBe('');
});

it('forwards an invocation id of the client as it is, under which the app finds no request', async () => {
  const answer = fetch(`${host.url}/api/count`, { headers: { 'x-ms-invocation-id': 'mine' } });

  const { status } = await answerInTheEnd(answer);

  expect(status).toBe(500);
  expect((await fetch(`${host.url}/api/count`)).status).toBe(200);
});

it('cuts a chunked body over the limit', async () => {
  process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT = '10';
  const body = new Blob(['eleven byte']).stream();
  const response = await fetch(`${host.url}/api/echo/x`, { method: 'POST', body, duplex: 'half' } as RequestInit);
  delete process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT;

  expect(response.status).toBe(500);
});
