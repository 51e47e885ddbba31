import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { build } from '../../local/build/bundle.ts';
import { freePorts } from '../../local/dev/ports.ts';
import { urlAt } from '../../local/dev/settings.ts';
import { type Stack, startStack } from '../../local/dev/stack.ts';
import { startHost } from '../../local/host/index.ts';
import { apiAt } from '../support/api.ts';
import { settingsWithoutAcs } from '../support/without-acs.ts';

let folder: string;
let data: string;
let stack: Stack | undefined;

beforeEach(async () => {
  // Within the project, and not in dist/, all of which is deployed.
  await mkdir('.data', { recursive: true });
  folder = await mkdtemp('.data/build-');
  data = await mkdtemp(join(tmpdir(), 'switchboard-build-'));
});

afterEach(async () => {
  await stack?.stop();
  for (const path of [folder, `${folder}.maps`, data]) {
    await rm(path, { recursive: true, force: true });
  }
});

it('bundles an app that a host serves and that connects a call', async () => {
  const { file, startBytes, laterBytes } = await build(folder);
  expect([startBytes > 0, laterBytes > 0]).toEqual([true, true]);
  const ports = await freePorts();
  stack = await startStack({ ports, dataDirectory: data, main: file, signal: new AbortController().signal });

  const { body } = await apiAt(`${urlAt(ports.host)}/api`)(
    'POST',
    'calls',
    { targets: ['+14255550123'], callerId: '+14255550100' },
    { prefer: 'wait=20' },
  );
  expect(body).toMatchObject({ name: 'createCall', status: 'succeeded', settledBy: 'event' });
});

it('leaves a folder that is an app by itself, wherever it is', async () => {
  await build(folder);
  const deployed = join(data, 'deployed');
  await cp(folder, deployed, { recursive: true });

  const host = await startHost({
    root: deployed,
    log: 'off',
    settings: settingsWithoutAcs(),
  });
  const { status, body } = await apiAt(`${host.url}/api`)('GET', 'health').finally(() => host.close());

  expect({ status, body }).toMatchObject({ status: 200, body: { status: 'healthy' } });
});
