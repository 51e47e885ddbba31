import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { appRoot } from './support/apps.ts';
import { runHost } from './support/command.ts';

const unreachable = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;QueueEndpoint=http://127.0.0.1:1/a;`;

/** The app of `apps/refused` to what its refusal says. */
const refusals: Readonly<Record<string, RegExp>> = {
  blobTrigger:
    /"pictures" uses a blobTrigger: this host serves httpTrigger, eventGridTrigger, queueTrigger, timerTrigger/,
  entity: /"counter" uses a entityTrigger: this host serves .*orchestrationTrigger, activityTrigger/,
  input: /"reads" uses a blob input: this host serves durableClient/,
  output: /"writes" uses a blob output: this host serves http .*, queue/,
  retry: /"again" has a retry policy, which Azure does not honour for a eventGridTrigger/,
  sameName: /app\.ts.*Two functions are named "Twin"/,
  sameRoute: /"second" can never be reached for GET: its route "api\/Calls\/\{callId\}" is taken by "first"/,
  unreachable: /"readOne" can never be reached for GET: .* is taken by "read" .*which Azure tries first/,
  badName: /"no spaces" is no function name/,
  constraint: /"api\/a\/\{b:prime\}" has the unknown constraint "prime".*guid/,
  setting: /"lost" refers to the setting "NO_SUCH_SETTING" in its route.*local\.settings\.json/,
  schedule: /"never": "every morning" is no NCRONTAB schedule/,
  connection: /"unplugged" needs the setting "NoSuchStorage".*UseDevelopmentStorage=true/,
  identity: /"byIdentity" connects to storage by identity.*connection string in Identity/,
  unreachableQueue: /"remote" could not open the queue "q" at http:\/\/127\.0\.0\.1:1.*Is the storage emulator running/,
  hub: /"work" could not open the task hub "TestHubName".*Is AzureWebJobsStorage a storage connection string/,
  nothing: /registered no function/,
  throws: /unable to load entry point "app\.ts": Error: broken module .*Azure would not report this as a load error/,
  throwsLate: /unable to load entry point "app\.ts": Error: broken module(?!.*Azure would not report)/,
};

it.each(Object.entries(refusals))('refuses an app by name: %s', async (app, says) => {
  const settings = {
    REFUSED: app,
    Identity__queueServiceUri: 'https://a',
    Unreachable: unreachable,
    AzureWebJobsStorage: 'nonsense',
  };

  const { exitCode, stderr } = await runHost(['--root', appRoot('refused'), '--port', '0', '--log', 'off'], settings);

  expect(stderr.replaceAll('\n', ' ')).toMatch(says);
  expect(exitCode).toBe(1);
});

const commandLines: readonly [string, string[], RegExp][] = [
  ['a folder without an app', ['--root', fileURLToPath(new URL('.', import.meta.url))], /Could not read .*host\.json/],
  [
    'a glob that matches nothing',
    ['--root', appRoot('web'), '--main', 'no/*.js', '--port', '0'],
    /matches "no\/\*\.js"/,
  ],
];

it.each(commandLines)('refuses %s', async (_, args, says) => {
  const { exitCode, stderr } = await runHost(args);

  expect(stderr).toMatch(says);
  expect(exitCode).toBe(1);
});
