import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { subscriptionNamesIn } from '../../infra/smoke/subscriptions.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { runScript } from './run-script.ts';

let switchboard: Switchboard;
beforeAll(async () => {
  switchboard = await startSwitchboard();
});
afterAll(() => switchboard.close());
afterEach(async () => {
  await switchboard.emulator.control.delete('faults');
  switchboard.storage.down = false;
});

/** What the plan of events.bicep makes. */
const plan = JSON.parse(readFileSync('test/infra/plans/events.snapshot.json', 'utf8')) as {
  readonly predictedResources: readonly { readonly name: string; readonly type: string }[];
};
const names = plan.predictedResources
  .filter(({ type }) => type === 'Microsoft.EventGrid/systemTopics/eventSubscriptions')
  .map(({ name }) => name.split('/').at(-1) ?? '');
const provisioned = names.map((name) => ({ name, provisioningState: 'Succeeded' }));

const runSmoke = (subscriptions: readonly object[] = provisioned, settings = {}) =>
  runScript(
    'infra/smoke.ts',
    {
      'account get-access-token': [{ stdout: 'token\n' }],
      'eventgrid system-topic event-subscription list': [{ stdout: JSON.stringify(subscriptions) }],
    },
    {
      AZURE_SUBSCRIPTION_ID: 's',
      AZURE_RESOURCE_GROUP: 'rg-test',
      API_CLIENT_ID: 'api',
      FUNCTION_APP_URL: switchboard.url,
      SYSTEM_TOPIC_NAME: 'evgt-x',
      SMOKE_WAIT_MINUTES: '0.001',
      ...settings,
    },
  );

it('passes where the app answers, reaches ACS, and is subscribed to its events, and no telephone rings', async () => {
  const { exitCode, stdout, stderr, calls: asked } = await runSmoke();

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^the app answers: .*healthy.*\nthe app reaches ACS: .*\nevents are subscribed to: (.*)\n$/);
  expect(stdout.trim().split(': ').at(-1)?.split(', ').sort()).toEqual([...names].sort());
  expect(await switchboard.emulator.control.get('ringing')).toEqual({ ringing: [] });
  const group = ['--subscription', 's', '--resource-group', 'rg-test'];
  const token = ['--scope', 'api/.default', '--query', 'accessToken', '--output', 'tsv'];
  expect(asked).toEqual([
    ['account', 'get-access-token', ...token],
    [
      'eventgrid',
      'system-topic',
      'event-subscription',
      'list',
      ...group,
      '--system-topic-name',
      'evgt-x',
      '--output',
      'json',
    ],
  ]);
});

it.each([401, 403, 503])('fails where ACS answers %i: the identity of the app, or its trouble', async (status) => {
  await switchboard.emulator.control.post('faults', { match: 'connect', do: { status } });

  const { exitCode, stderr } = await runSmoke();

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/Expected ACS to refuse a call that does not exist: 502 .*acs/);
});

it('passes where ACS refuses at once', async () => {
  await switchboard.emulator.control.post('faults', { match: 'connect', do: { status: 404 } });

  expect(await runSmoke()).toMatchObject({ exitCode: 0, stderr: '' });
});

it('fails where the app is not healthy', async () => {
  switchboard.storage.down = true;

  const { exitCode, stderr } = await runSmoke();

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/GET \/api\/health to answer 200: 503/);
});

it.each(names)('fails where the subscription %s failed, or is not there', async (name) => {
  const others = provisioned.filter((one) => one.name !== name);

  const failed = await runSmoke([...others, { name, provisioningState: 'Failed' }]);
  const missing = await runSmoke(others);

  expect([failed.exitCode, missing.exitCode]).toEqual([1, 1]);
  expect(failed.stderr).toContain(`provisioned: ${name} is Failed.`);
  expect(missing.stderr).toContain(`provisioned: ${name} is missing.`);
});

it('does not take a file without subscriptions for one that needs none', () => {
  expect(() => subscriptionNamesIn('var subscriptions = loadJsonContent(x)')).toThrow(/Expected event subscriptions/);
});

it('looks again until its time is up', async () => {
  await switchboard.emulator.control.post('faults', { match: 'connect', do: { status: 403 }, times: 1 });

  expect(await runSmoke(undefined, { SMOKE_WAIT_MINUTES: '2', SMOKE_PAUSE_SECONDS: '0.05' })).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
});

it('names what is missing in the environment', async () => {
  const { exitCode, stderr, calls: asked } = await runSmoke([], { SYSTEM_TOPIC_NAME: '' });

  expect({ exitCode, asked }).toEqual({ exitCode: 1, asked: [] });
  expect(stderr).toMatch(/SYSTEM_TOPIC_NAME in the environment.*azd env get-values/);
});
