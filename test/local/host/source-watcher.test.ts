import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchSources } from '../../../local/host/source-watcher.ts';

let root: string;
let changes: number;
let unwatch: () => void;

const save = (file: string) => writeFile(join(root, file), '{}');

/** Longer than a change has to rest. */
const rested = () => new Promise((resolve) => setTimeout(resolve, 400));

const notSources = [
  '.cache/kept.ts',
  'node_modules/package.js',
  'coverage/report.js',
  'functions/.build/main.js',
  'own/kept.json',
];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchboard-watched-'));
  for (const file of [...notSources, 'functions/deep/read-me.md']) {
    await mkdir(join(root, dirname(file)), { recursive: true });
    await save(file);
  }
  changes = 0;
  unwatch = await watchSources(root, [join(root, 'own')], () => {
    changes += 1;
  });
});

afterEach(async () => {
  unwatch();
  await rm(root, { recursive: true });
});

test.each(['host.json', 'functions/new.ts', 'functions/deep/new.js'])(
  '%s is a source, and several writes are one change',
  async (file) => {
    await save(file);
    await save(file);

    await expect.poll(() => changes).toBe(1);
  },
);

test('what tools write beside the sources is not a change', async () => {
  for (const file of [...notSources, 'functions/deep/read-me.md']) {
    await save(file);
  }
  await rested();
  expect(changes).toBe(0);
  await save('host.json');

  await expect.poll(() => changes).toBe(1);
});
