/** Runs every shell block of README and docs, one after another, on a fresh app and emulator for each document. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { shortLog } from '../support/event-log.ts';
import { startKillableApp } from '../support/killable-app.ts';
import { subscribe } from '../support/switchboard.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';
import { type Block, blocksIn, isShownBy } from './document.ts';

/** Documents whose commands need Azure or GitHub throughout: test/infra/guides.test.ts follows them with stand-ins. */
const followedElsewhere = ['docs/deploy.md', 'docs/operate.md'];

/** What a fence may give as the reason why its block is not run, and what runs it instead. */
const reasons: Readonly<Record<string, string>> = {
  'in another terminal': 'runs until it is interrupted; test/local/dev starts and stops it',
  'on Azure': 'needs a subscription; test/infra/guides.test.ts runs such commands with stand-ins',
  'takes minutes': 'runs this test itself, or as long; .ci/run runs it',
  'needs .NET': '.ci/run runs npm run generated-clients, which follows the page',
  'needs Core Tools': 'the genuine host is not installed everywhere',
};

const endsWithinMs = 240_000;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
});
const documents = await Promise.all(
  files
    .trim()
    .split('\n')
    .filter((file) => !followedElsewhere.includes(file))
    .map(async (file) => ({ file, blocks: blocksIn(await readFile(file, 'utf8')) })),
);
const withCommands = documents.filter(({ blocks }) => blocks.some(({ reason }) => reason === ''));

test('a block that is not run says why', () => {
  const given = documents.flatMap(({ blocks }) => blocks.map(({ reason }) => reason)).filter((reason) => reason !== '');
  expect(new Set(given)).toEqual(new Set(Object.keys(reasons)));
});

test('every npm script that a document names exists', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
  const texts = await Promise.all(
    files
      .trim()
      .split('\n')
      .map((file) => readFile(file, 'utf8')),
  );
  const named = texts
    .flatMap((text) => [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)])
    .map(([, name]) => name);
  expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
});

describe.each(withCommands)('$file', ({ blocks }) => {
  const run = blocks.filter(({ reason }) => reason === '');

  test('each block succeeds after those before it, and answers what is displayed', async () => {
    const receiver = await startWebhookReceiver();
    const app = await startKillableApp(shortLog);
    try {
      await subscribe(app.emulator, app.url, app.prefix);
      const here = {
        'http://127.0.0.1:7071': app.url,
        'http://127.0.0.1:9100': app.emulator.url,
        'http://127.0.0.1:8080': receiver.url,
        // The port of a receiver that a document starts.
        '8090': String(await freePort()),
      };
      const answers = await outputsOf(run, here);
      expect(answers.length).toBe(run.length);
      for (const [index, { answer }] of run.entries()) {
        const last = answers[index]?.trim().split('\n').at(-1) ?? '';
        expect(
          answer === undefined || isShownBy(answer, JSON.parse(last)),
          `${answer} is displayed, ${last} is answered`,
        ).toBe(true);
      }
    } finally {
      await app.close();
      await receiver.close();
    }
  });
});

/** What each block prints, in one shell, so that a later block has the variables of an earlier one. */
async function outputsOf(blocks: readonly Block[], here: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  // A request that is refused ends the shell.
  const preamble = [
    'set -eu',
    'curl() { command curl --fail-with-body "$@"; }',
    // A reader types it in the checkout.
    `npx() ( cd '${process.cwd()}' && command npx --no-install "$@" )`,
  ];
  const script = [...preamble, ...blocks.map(({ text }, index) => `{\n${text}} > ${index}.txt`)].join('\n');
  const local = Object.entries(here).reduce((text, [from, to]) => text.replaceAll(from, to), script);
  const printed = (index: number) => readFile(join(folder, `${index}.txt`), 'utf8').catch(() => '');
  try {
    await promisify(execFile)('sh', ['-c', local], {
      cwd: folder,
      env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
      timeout: endsWithinMs,
    });
    return await Promise.all(blocks.map((_, index) => printed(index)));
  } catch (cause) {
    const texts = await Promise.all(blocks.map((_, index) => printed(index)));
    throw new Error(`A block failed. All printed:\n${texts.join('')}`, { cause });
  } finally {
    await rm(folder, { recursive: true });
  }
}
