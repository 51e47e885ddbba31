import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findCompiler, pinnedVersion, runtimeIdentifier } from '../../../local/bicep/compiler.ts';
import { CompilerSession } from '../../../local/bicep/session.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'bicep-test-'));
});

afterEach(() => rm(home, { recursive: true }));

/** An executable called `bicep` in a folder of that name; answers with that version. */
async function install(folder: string, version: string): Promise<string> {
  const path = join(home, folder, 'bicep');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!${process.execPath}\nconsole.log('Bicep CLI version ${version} (abc)');\n`);
  await chmod(path, 0o755);
  return path;
}

/** Nothing of this machine's own is found. */
const find = (environment: Readonly<Record<string, string>> = {}) =>
  findCompiler({ PATH: join(home, 'empty'), AZURE_CONFIG_DIR: join(home, 'azure'), ...environment });

it('says what to install where there is no compiler, and no .NET to restore one', async () => {
  await expect(find()).rejects.toThrow(/There is no Bicep compiler\. Install the \.NET SDK/);
});

it('takes the one that is named, whatever its version', async () => {
  const path = await install('named', '9.9.9');
  await install('azure/bin', pinnedVersion);
  expect(await find({ BICEP_PATH: path })).toEqual({ path, version: '9.9.9' });
  await expect(find({ BICEP_PATH: join(home, 'nothing') })).rejects.toThrow(/BICEP_PATH names no Bicep compiler/);
});

it('prefers the version that made the plans, in PATH or of the Azure CLI, to another', async () => {
  const other = await install('path', '0.30.3');
  const PATH = [join(home, 'empty'), dirname(other)].join(delimiter);
  expect(await find({ PATH })).toEqual({ path: other, version: '0.30.3' });
  const path = await install('azure/bin', pinnedVersion);
  expect(await find({ PATH })).toEqual({ path, version: pinnedVersion });
});

it.each([
  ['win32', 'arm64', 'win-arm64'],
  ['darwin', 'arm64', 'osx-arm64'],
  ['linux', 'x64', /^linux(-musl)?-x64$/],
])('names %s on %s as .NET does', (platform, arch, name) => {
  expect(runtimeIdentifier(platform, arch)).toMatch(name);
});

/** Answers every request in two pieces, the second of which starts within a character; refuses what is called `no`. */
const server = `#!${process.execPath}
let text = '';
process.stdin.on('data', (chunk) => {
  text += chunk;
  for (let found; (found = /Content-Length: \\d+\\r\\n\\r\\n(\\{.*?\\}\\})/.exec(text)); text = text.slice(found.index + found[0].length)) {
    const { id, params } = JSON.parse(found[1]);
    if (params.path === 'end') process.exit(3);
    const answer = params.path === 'no' ? { error: { message: 'refused' } } : { result: { contents: 'é' + params.path } };
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
    const whole = Buffer.concat([Buffer.from('Content-Length: ' + body.length + '\\r\\n\\r\\n'), body]);
    const within = whole.indexOf(Buffer.from('é')) + 1;
    process.stdout.write(whole.subarray(0, within));
    setTimeout(() => process.stdout.write(whole.subarray(within)), 20);
  }
});
`;

it('asks one process many things, and hears when it refuses or ends', async () => {
  const path = join(home, 'server');
  await writeFile(path, server);
  await chmod(path, 0o755);
  const session = new CompilerSession(path);
  try {
    expect(await session.request('bicep/format', { path: 'a' })).toEqual({ contents: 'éa' });
    await expect(session.request('bicep/format', { path: 'no' })).rejects.toThrow('refused');
    await expect(session.request('bicep/format', { path: 'end' })).rejects.toThrow(/exit code 3/);
  } finally {
    session.close();
  }
});
