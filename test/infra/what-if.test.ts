import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { resolveParameters } from '../../infra/what-if/parameters.ts';
import { runScript } from './run-script.ts';

const environment = {
  AZURE_SUBSCRIPTION_ID: 's',
  AZURE_ENV_NAME: 'calls-test',
  AZURE_LOCATION: 'westeurope',
  ACS_DATA_LOCATION: 'United States',
  ALERT_EMAIL: 'operators@contoso.com',
  API_CLIENT_ID: '5c1f3b0e-0000-4000-8000-00000000a91c',
  ALLOWED_COUNTRIES: 'US,CA',
  MONTHLY_BUDGET: '900',
};

const whatIf = 'deployment sub what-if';

it('asks ARM what would change, with a right to read alone, and shows it', async () => {
  const { exitCode, stdout, calls } = await runScript(
    'infra/what-if.ts',
    { [whatIf]: [{ stdout: 'Resource changes: 1 to create' }] },
    environment,
  );

  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Resource changes: 1 to create\n' });
  const [call = []] = calls;
  expect(call.slice(0, 9)).toEqual([
    ...whatIf.split(' '),
    ...['--subscription', 's', '--location', 'westeurope'],
    ...['--template-file', expect.stringMatching(/infra[\\/]main\.bicep$/)],
  ]);
  expect(call.slice(-2)).toEqual(['--validation-level', 'ProviderNoRbac']);
  expect(call).toEqual(
    expect.arrayContaining(['environmentName=calls-test', 'acsDataLocation=United States', 'monthlyBudget=900']),
  );
});

it('gives every parameter of the file that azd reads a value', async () => {
  const json = await readFile('infra/main.parameters.json', 'utf8');
  const names = resolveParameters(json, environment).map((one) => one.split('=')[0]);
  expect(names).toEqual(Object.keys(JSON.parse(json).parameters));
});

it('takes a default where there is one, and names every variable that is missing', () => {
  const variable = (text: string) => ({ value: `\${${text}}` });
  const json = JSON.stringify({
    parameters: { a: variable('A=x=y'), b: variable('B='), c: variable('C'), d: variable('D'), e: { value: { f: 1 } } },
  });

  expect(resolveParameters(json, { C: 'c', D: 'd' })).toEqual(['a=x=y', 'b=', 'c=c', 'd=d', 'e={"f":1}']);
  expect(() => resolveParameters(json, {})).toThrow(/Expected C, D in the environment/);
});

it.each([
  [
    'is not signed in',
    { stderr: "ERROR: Please run 'az login' to setup account.", exitCode: 1 },
    environment,
    /az login/,
  ],
  ['has no subscription', {}, { ...environment, AZURE_SUBSCRIPTION_ID: '' }, /AZURE_SUBSCRIPTION_ID/],
])('says so when it %s', async (_, answer, settings, message) => {
  const { exitCode, stderr } = await runScript('infra/what-if.ts', { [whatIf]: [answer] }, settings);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(message);
});
