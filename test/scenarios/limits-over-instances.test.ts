/** Many creates at once over two instances: the limit of open calls holds over both, and no request is lost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../local/emulator/index.ts';
import { type Answer, type Api, apiAt, eventually } from '../support/api.ts';
import { callerId } from '../support/calls.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { ownHostOnly } from '../support/suited.ts';
import { settingsFor, storageUrl } from '../support/switchboard.ts';
import { type Entry, entriesSince } from '../support/wire.ts';

const test = ownHostOnly('starts two hosts on one storage');

/** Calls that are open at once, at most. */
const maxOpenCalls = 2;
const [creates, ofWhichWait] = [500, 100];
/** Leaves as soon as it has answered. */
const brief = '+14255550166';

let emulator: Emulator;
let hosts: readonly { readonly api: Api; readonly process: HostProcess }[];

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  await emulator.control.put(`parties/${encodeURIComponent(brief)}`, { afterMs: 0, then: [{ hangUp: true }] });
  const shared = await settingsFor(emulator, emulator.url, storageUrl('Table'), '');
  hosts = await Promise.all(
    ['first', 'second'].map(async (name) => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const own = {
        PUBLIC_BASE_URL: url,
        MAX_OPEN_CALLS: String(maxOpenCalls),
        // What a busy machine answers late is not lost.
        ACS_TIMEOUT_SECONDS: '60',
        // A task hub has one host.
        AzureFunctionsJobHost__extensions__durableTask__hubName: `h${name}${randomUUID().slice(0, 8)}`,
      };
      return { api: apiAt(`${url}/api`), process: await startHostProcess(port, { ...shared, ...own }) };
    }),
  );
});
afterAll(async () => {
  await Promise.all(hosts.map(({ process }) => process.kill()));
  await emulator.close();
});

test('of 500 creates at once over two instances never more than two calls are live at ACS, and each is done, queued or 429', async () => {
  const requests = Array.from({ length: creates }, (_, index) => ({
    targets: [brief],
    callerId,
    ...(index % (creates / ofWhichWait) === 0 && { queue: { forSeconds: 600 } }),
  }));
  const answers = await Promise.all(requests.map((body, index) => apiOf(index)('POST', 'calls', body)));
  expect(tally(answers.map(outcomeOf))).toEqual({ '202': expect.any(Number), '429 limitReached': expect.any(Number) });
  const accepted = answers.filter(({ status }) => status === 202).map(({ body }) => body.operationId);
  expect(accepted.length).toBeGreaterThanOrEqual(ofWhichWait);
  const outcomes: string[] = [];
  for (const [index, operationId] of accepted.entries()) {
    const { status, error } = await eventually(
      async () => (await apiOf(index)('GET', `operations/${operationId}`)).body,
      (operation) => !['queued', 'accepted', 'sent'].includes(operation.status),
    );
    outcomes.push([status, error?.code].join(' ').trim());
  }
  expect(tally(outcomes)).toEqual({ succeeded: accepted.length });
  const { entries, most } = await liveCalls();
  expect([most, entries.length]).toEqual([maxOpenCalls, accepted.length]);
});

const apiOf = (index: number): Api => {
  const [first, second] = hosts;
  return (index % 2 === 0 ? first : second)?.api ?? apiAt('');
};

const outcomeOf = ({ status, body }: Answer) => (status === 202 ? '202' : `${status} ${body.code}`);

function tally(all: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(all, (one) => one)].map(([one, same]) => [one, same.length]));
}

/** The calls that ACS made, and the most that it had at once, in the order of its log: a call ends before its event is sent. */
async function liveCalls(): Promise<{ entries: readonly Entry[]; most: number }> {
  const log = await entriesSince({ emulator }, 0);
  const isMade = ({ operation, kind, replayed, status = 500 }: Entry) =>
    operation === 'createCall' && kind === 'response' && status < 300 && !replayed;
  let [live, most] = [0, 0];
  for (const entry of log) {
    live += isMade(entry) ? 1 : entry.kind === 'event' && entry.event === 'CallDisconnected' ? -1 : 0;
    most = Math.max(most, live);
  }
  return { entries: log.filter(isMade), most };
}
