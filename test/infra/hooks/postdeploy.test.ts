import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Script } from '../doubles.ts';
import { runScript } from '../run-script.ts';

const list = 'functionapp function list';
const create = 'deployment group create';
const indexed = JSON.stringify([{ name: 'func-x/incomingCall' }, { name: 'func-x/incomingCallFromQueue' }]);

const environment = {
  AZURE_SUBSCRIPTION_ID: '00000000-0000-0000-0000-00000000beef',
  AZURE_RESOURCE_GROUP: 'rg-test',
  SYSTEM_TOPIC_NAME: 'evgt-x',
  FUNCTION_APP_NAME: 'func-x',
  STORAGE_ACCOUNT_NAME: 'stx',
  EVENTS_PAUSE_SECONDS: '0.05',
};

const runHook = (script: Script, settings: Readonly<Record<string, string>> = {}) =>
  runScript(join('infra', 'hooks', 'postdeploy.ts'), script, { ...environment, ...settings });

it('waits for both functions, then deploys the subscriptions with the values of azd', async () => {
  const { exitCode, stdout, calls } = await runHook(
    { [list]: [{ stdout: '[]' }, { stdout: '[{"name":"func-x/incomingCall"}]' }, { stdout: indexed }], [create]: [{}] },
    { INCOMING_CALL_TO: '4:+1425, 8:acs:' },
  );

  expect({ exitCode, waited: stdout.match(/Waiting/g)?.length }).toEqual({ exitCode: 0, waited: 2 });
  const where = ['--subscription', environment.AZURE_SUBSCRIPTION_ID, '--resource-group', 'rg-test', '--name'];
  expect(calls).toEqual([
    ...Array.from({ length: 3 }, () => [...list.split(' '), ...where, 'func-x', '--output', 'json']),
    [
      ...create.split(' '),
      ...where,
      'events',
      '--template-file',
      expect.stringMatching(/infra[\\/]events\.bicep$/),
      '--parameters',
      'systemTopicName=evgt-x',
      'functionAppName=func-x',
      'storageAccountName=stx',
      'incomingCallTo=4:+1425,8:acs:',
      '--output',
      'none',
    ],
  ]);
});

it('does the same when it is run again', async () => {
  const script: Script = { [list]: [{ stdout: indexed }], [create]: [{}] };
  const first = await runHook(script);
  const second = await runHook(script);

  expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
  expect(second.calls).toEqual(first.calls);
});

it('retries what may pass: an unavailable service, a role that is not known everywhere yet', async () => {
  const away = { stderr: 'ERROR: (ServiceUnavailable) try later', exitCode: 1 };
  const unknownRole = { stderr: 'ERROR: (InvalidRequest) The dead-letter destination is not accessible.', exitCode: 1 };
  const { exitCode, stdout, calls } = await runHook({
    [list]: [away, { stdout: indexed }],
    [create]: [unknownRole, unknownRole, {}],
  });

  expect({ exitCode, asked: calls.length }).toEqual({ exitCode: 0, asked: 5 });
  expect(stdout).toMatch(/ServiceUnavailable[\s\S]*Attempt 1 of 4[\s\S]*Attempt 2 of 4/);
});

it('fails a deployment after four attempts, and says what to do next', async () => {
  const refused = { stderr: 'ERROR: (InvalidRequest) Destination endpoint not found', exitCode: 1 };
  const { exitCode, stderr, calls } = await runHook({ [list]: [{ stdout: indexed }], [create]: [refused] });

  expect({ exitCode, attempts: calls.length - 1 }).toEqual({ exitCode: 1, attempts: 4 });
  expect(stderr).toMatch(/Destination endpoint not found\n.*azd hooks run postdeploy/);
});

it('fails when functions are not indexed in time, and names them', async () => {
  const { exitCode, stderr, calls } = await runHook(
    { [list]: [{ stdout: '[{"name":"func-x/incomingCall"}]' }] },
    { EVENTS_WAIT_MINUTES: '0.005' },
  );

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/within 0\.005 minutes: incomingCallFromQueue not there yet[\s\S]*log of the app/);
  expect(calls.every(([command]) => command === 'functionapp')).toBe(true);
});

it.each([
  ['an account that is not signed in', "ERROR: Please run 'az login' to setup account.", /Sign in with `az login`/],
  ['a group that is not there', 'ERROR: (ResourceGroupNotFound) rg-test', /azd provision/],
  ['a role that is lacking', 'ERROR: (AuthorizationFailed) no', /role Contributor/],
])('does not wait for %s', async (_, said, mend) => {
  const { exitCode, stderr, calls } = await runHook({ [list]: [{ stderr: said, exitCode: 1 }] });

  expect({ exitCode, asked: calls.length }).toEqual({ exitCode: 1, asked: 1 });
  expect(stderr).toMatch(mend);
  expect(stderr).toContain(said);
});

it('says that the Azure CLI is missing', async () => {
  const { exitCode, stderr } = await runHook({}, { PATH: '/nowhere' });

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/There is no `az`[\s\S]*aka\.ms/);
});
