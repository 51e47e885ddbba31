import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appRoot } from './support/apps.ts';
import { RunningHost } from './support/command.ts';

let root: string;
let host: RunningHost;

/** An app of its own that a test may change, below the packages it needs. */
beforeEach(async () => {
  root = await mkdtemp(fileURLToPath(new URL('.watched-', import.meta.url)));
  await cp(appRoot('slow'), root, { recursive: true });
  host = new RunningHost('--root', root, '--port', '0', '--watch');
});
afterEach(async () => {
  await host.stop();
  await rm(root, { recursive: true });
});

const saying = (text: string) =>
  `import { app } from '@azure/functions';\napp.get('says', { handler: () => ({ body: '${text}' }) });\n`;

/** The URL that the host prints, from where its output had got. */
const urlAfter = async (length: number) => (await host.printed(/http:\/\/127\.0\.0\.1:\d+/, length))[0];

it('restarts when a source file changes, and waits for the next change when that fails', async () => {
  await urlAfter(0);
  const first = host.printedLength;
  await writeFile(join(root, 'functions/says.ts'), saying('one'));
  const url = await urlAfter(first);
  expect(await (await fetch(`${url}/api/says`)).text()).toBe('one');

  const second = host.printedLength;
  await writeFile(join(root, 'functions/says.ts'), 'throw new Error("half written");');
  await host.printed(/unable to load entry point "functions\/says\.ts": Error: half written/, second);

  const third = host.printedLength;
  await writeFile(join(root, 'functions/says.ts'), saying('two'));
  const again = await urlAfter(third);
  expect(await (await fetch(`${again}/api/says`)).text()).toBe('two');
});

it('ends with the code of an app that does not start at all, having said why', async () => {
  await host.stop();
  await writeFile(join(root, 'functions/says.ts'), 'throw new Error("not written yet");');
  host = new RunningHost('--root', root, '--port', '0', '--watch');

  await host.printed(/unable to load entry point "functions\/says\.ts": Error: not written yet/, 0);
  expect(await host.exited).toBe(1);
});

it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('leaves no child behind on %s', async (signal) => {
  const url = await urlAfter(0);

  host.child.kill(signal);
  await host.exited;

  await expect
    .poll(() =>
      fetch(url).then(
        () => 'up',
        () => 'gone',
      ),
    )
    .toBe('gone');
});
