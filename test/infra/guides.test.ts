/** Follows docs/deploy.md and docs/operate.md line by line, up to where Azure and GitHub would be needed. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subscriptionNamesIn } from '../../infra/smoke/subscriptions.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { type Call, type Doubles, type Script, startDoubles } from './doubles.ts';
import { listedIn, readGuide } from './guides/guide.ts';

const deploy = await readFile('docs/deploy.md', 'utf8');
const guides = [deploy, await readFile('docs/operate.md', 'utf8')].map(readGuide);

/** What azd gives out after a deployment, beside the address of the app. */
const environment = {
  AZURE_ENV_NAME: 'calls-test',
  AZURE_SUBSCRIPTION_ID: '00000000-0000-0000-0000-00000000beef',
  AZURE_RESOURCE_GROUP: 'rg-calls-test',
  AZURE_LOCATION: 'westeurope',
  ACS_DATA_LOCATION: 'Europe',
  ALERT_EMAIL: 'operators@contoso.com',
  API_CLIENT_ID: '5c1f3b0e-0000-4000-8000-00000000a91c',
  ALLOWED_COUNTRIES: 'US,CA',
  BUDGET_START_DATE: '2026-11-01',
  FUNCTION_APP_NAME: 'func-x',
  STORAGE_ACCOUNT_NAME: 'stx',
  SYSTEM_TOPIC_NAME: 'evgt-x',
  ACS_NAME: 'acs-x',
  ACS_PRINCIPAL_ID: 'acs-principal',
  APP_PRINCIPAL_ID: 'app-principal',
};

const says = (stdout: string) => [{ stdout: `${stdout}\n` }];
const silent = [{}];

const subscribed = subscriptionNamesIn(await readFile('infra/events.bicep', 'utf8')).map((name) => ({
  name,
  provisioningState: 'Succeeded',
}));

const az: Script = {
  login: silent,
  'account show': says(environment.AZURE_SUBSCRIPTION_ID),
  'ad app create': says('app-id'),
  'ad app list': says('app-id'),
  'ad app federated-credential create': silent,
  'ad sp create': silent,
  'ad sp list': says('principal-id'),
  'cognitiveservices account show': says('/subscriptions/s/resourceGroups/rg-speech/contoso'),
  'deployment group create': silent,
  'eventgrid system-topic event-subscription list': says(JSON.stringify(subscribed)),
  'functionapp config appsettings set': silent,
  'functionapp function list': says(JSON.stringify([{ name: 'x/incomingCall' }, { name: 'x/incomingCallFromQueue' }])),
  'account get-access-token': says('token'),
  'functionapp show': says('/subscriptions/s/resourceGroups/rg-calls-two/func-y'),
  'keyvault show': says('/subscriptions/s/resourceGroups/rg-vault/contoso'),
  'resource show': says('/subscriptions/s/resourceGroups/rg-calls-test/x'),
  'resource update': silent,
  'role assignment create': silent,
  'role definition create': silent,
  'storage account list': says('/subscriptions/s/resourceGroups/rg-calls-two/rec'),
  'storage account show': says('/subscriptions/s/resourceGroups/rg-calls-two/st'),
};

const azd = (url: string): Script => {
  const values = { ...environment, FUNCTION_APP_URL: url };
  const read = Object.entries(values).map(([name, value]) => [`env get-value ${name}`, says(value)] as const);
  return {
    ...Object.fromEntries(
      ['config set', 'deploy', 'env new', 'env set', 'provision', 'up'].map((one) => [one, silent]),
    ),
    ...Object.fromEntries(read),
    'env get-values': says(
      Object.entries(values)
        .map(([name, value]) => `${name}="${value}"`)
        .join('\n'),
    ),
  };
};

const gh: Script = { api: silent, 'api user': says('42'), 'variable set': silent, 'workflow run': silent };

/** What npm really does here; the rest of it is installed, checked and tested by others. */
const npmRuns = ['run build', 'run events', 'run smoke', 'run --silent role-condition'];
const npm: Script = { ci: silent, 'run check': silent, 'run replay': silent };

/** Passes on to npm what it really does here, and to its stand-in what it does not. */
const npmProgram = `#!/bin/sh
case "$*" in
  ${npmRuns.map((run) => `'${run}'`).join(' | ')}) exec "$(PATH="\${PATH#*${delimiter}}" command -v npm)" "$@" ;;
  *) exec "$(dirname "$0")/npm-double" "$@" ;;
esac
`;

/** The guides start some ninety programs, and a machine may be busy. */
const followedWithinMs = 900_000;

let switchboard: Switchboard;
let doubles: Doubles;
let home: string;
let exit: { readonly code: number; readonly output: string };
let calls: readonly Call[];
let answers: readonly string[];

beforeAll(async () => {
  switchboard = await startSwitchboard();
  doubles = await startDoubles({
    az,
    azd: azd(switchboard.url),
    gh,
    'npm-double': npm,
    git: { pull: silent },
    func: { 'azure functionapp publish': silent },
  });
  home = await mkdtemp(join(tmpdir(), 'guides-'));
  const log = join(home, 'curl.jsonl');
  await writeFile(log, '');
  await program('npm', npmProgram);
  await program('curl', `#!/bin/sh\nexec node ${fileURLToPath(new URL('./guides/curl.ts', import.meta.url))} "$@"\n`);
  exit = await shell(`set -eu\n${guides.map(({ commands }) => commands).join('\n')}`, {
    // Node and npm of this run, and of the system what a shell needs.
    PATH: [doubles.folder, resolve('node_modules/.bin'), process.env.PATH].join(delimiter),
    HOME: home,
    CURL_LOG: log,
    EVENTS_PAUSE_SECONDS: '0.05',
    SMOKE_WAIT_MINUTES: '2',
  });
  calls = await doubles.calls();
  answers = (await readFile(log, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}, followedWithinMs);
afterAll(async () => {
  await switchboard.close();
  await doubles.remove();
  await rm(home, { recursive: true });
});

const program = async (name: string, text: string) => {
  await writeFile(join(doubles.folder, name), text);
  await chmod(join(doubles.folder, name), 0o755);
};

function shell(script: string, env: Readonly<Record<string, string>>): Promise<typeof exit> {
  return new Promise((done) => {
    execFile('sh', ['-c', script], { env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
    });
  });
}

describe('the guides', () => {
  it('are commands from the first block to the last, each of which succeeds', () => {
    expect(guides.flatMap(({ otherLanguages }) => otherLanguages.filter((language) => language !== 'kusto'))).toEqual(
      [],
    );
    expect(exit.output).toMatch(/dist\/main\.js, at each start/);
    expect(exit.output).toMatch(
      /The app is subscribed to incoming calls, events of whole calls and files of recordings\./,
    );
    expect(exit.output).toMatch(/the app reaches ACS:/);
    expect(exit).toMatchObject({ code: 0 });
  });

  it('show what the app answers', () => {
    const shown = guides.flatMap((guide) => guide.answers);
    const matches = shown.map(
      (text, index) => text === undefined || (answers[index] ?? '').startsWith(beforeGap(text)),
    );

    expect(answers.length).toBe(shown.length);
    expect(shown.filter((text) => text !== undefined).length).toBeGreaterThan(1);
    expect(matches, JSON.stringify({ shown, answers })).not.toContain(false);
  });

  it('set only parameters of the deployment', async () => {
    const parameters = await readFile('infra/main.parameters.json', 'utf8');
    const set = calls.filter(({ program: one, command }) => one === 'azd' && command === 'env set');
    const names = set.map(({ args }) => args[2] ?? '');

    expect(names).not.toEqual([]);
    expect(names.filter((name) => !parameters.includes(`\${${name}`))).toEqual([]);
  });

  it('give JSON where JSON is taken', () => {
    const texts = calls.flatMap(({ args, input }) => [input, ...args].filter((text) => /^\s*\{/.test(text)));

    expect(texts.length).toBeGreaterThan(4);
    expect(() => texts.map((text) => JSON.parse(text))).not.toThrow();
  });

  it('let a pipeline grant what the Bicep files grant, under a condition', () => {
    const administrators = calls.filter(({ args }) => args.includes('Role Based Access Control Administrator'));
    const conditions = administrators.map(({ args }) => args[args.indexOf('--condition') + 1]);

    expect(conditions).toEqual([expect.stringMatching(/^\(\(!\(ActionMatches\{.*GuidEquals \{[0-9a-f, -]+\}/)]);
  });

  it('list what was not seen at work', () => {
    const ofAzure = calls
      .filter(({ program: one }) => ['az', 'azd', 'gh', 'func'].includes(one))
      // Values of the environment are read as often as they are needed.
      .map(({ program: one, command }) => `${one} ${command.replace(/^(env get-value) .+/, '$1')}`);

    expect(listedIn(deploy, 'What no test has run')).toEqual([...new Set(ofAzure)].sort());
  });
});

/** What is shown of an answer, up to the first gap. */
function beforeGap(text: string): string {
  return text.split('…')[0]?.replace(/[, ]+$/, '') ?? '';
}
