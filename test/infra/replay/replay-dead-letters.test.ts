import { expect, it } from 'vitest';
import type { Answer } from '../doubles.ts';
import { runScript } from '../run-script.ts';

const environment = {
  AZURE_SUBSCRIPTION_ID: 's',
  AZURE_RESOURCE_GROUP: 'rg-test',
  FUNCTION_APP_NAME: 'func-x',
  FUNCTION_APP_URL: 'https://func-x.example.com',
  STORAGE_ACCOUNT_NAME: 'stx',
};

const run = (answer: Answer, settings: Readonly<Record<string, string>> = environment) =>
  runScript('infra/replay-dead-letters.ts', { 'functionapp keys list': [answer] }, settings);

it('names what is missing in the environment', async () => {
  const { exitCode, stderr, calls } = await run({}, { AZURE_RESOURCE_GROUP: 'rg-test' });

  expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
  expect(stderr).toMatch(
    /AZURE_SUBSCRIPTION_ID, FUNCTION_APP_NAME, FUNCTION_APP_URL, STORAGE_ACCOUNT_NAME.*azd env get-values/,
  );
});

it('asks for the key of Event Grid, and says what to do when it gets none', async () => {
  const { exitCode, stderr, calls } = await run({ stdout: '\n' });

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/system key eventgrid_extension.*indexed/);
  const app = ['--subscription', 's', '--resource-group', 'rg-test', '--name', 'func-x'];
  const query = ['--query', 'systemKeys.eventgrid_extension', '--output', 'tsv'];
  expect(calls).toEqual([['functionapp', 'keys', 'list', ...app, ...query]]);
});

it('says what to do when the Azure CLI is not signed in', async () => {
  const { stderr } = await run({ stderr: "ERROR: Please run 'az login' to setup account.", exitCode: 1 });

  expect(stderr).toMatch(/Sign in with `az login`/);
});
