/** Finds the Bicep compiler: on this machine, else restored from NuGet, where the .NET SDK is installed. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The plans in test/infra/plans are made by this version; another one may word them otherwise. */
export const pinnedVersion = '0.49.2';

export interface Compiler {
  readonly path: string;
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * `BICEP_PATH` whatever its version; else `bicep` in PATH, or that of the Azure CLI, of the pinned version; else the pinned
 * version from NuGet; else the first of another version. Rejects, with what to install, when there is none.
 */
export async function findCompiler(environment: Environment = process.env): Promise<Compiler> {
  if (environment.BICEP_PATH) {
    const given = await versionOf(environment.BICEP_PATH);
    if (given === undefined) {
      throw new Error(`BICEP_PATH names no Bicep compiler: ${environment.BICEP_PATH}`);
    }
    return given;
  }
  const installed = (await Promise.all(installedPaths(environment).map(versionOf))).filter((one) => one !== undefined);
  const found =
    installed.find(({ version }) => version === pinnedVersion) ?? (await fromNuGet(environment)) ?? installed[0];
  if (found === undefined) {
    throw new Error(
      `There is no Bicep compiler. Install the .NET SDK, which restores version ${pinnedVersion} from NuGet, or install ` +
        'Bicep (https://aka.ms/bicep-install), or name its executable in BICEP_PATH.',
    );
  }
  return found;
}

/** Where an executable may be; the Azure CLI keeps its own for `az bicep`. */
function installedPaths({ PATH = '', AZURE_CONFIG_DIR }: Environment): readonly string[] {
  const folders = PATH.split(delimiter).filter(Boolean);
  return [...folders, join(AZURE_CONFIG_DIR ?? join(homedir(), '.azure'), 'bin')].map((one) =>
    join(one, `bicep${suffix}`),
  );
}

/** Undefined when nothing runs there that answers as Bicep does. */
async function versionOf(path: string): Promise<Compiler | undefined> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ['--version']);
    const version = /^Bicep CLI version (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version === undefined ? undefined : { path, version };
  } catch {
    return undefined;
  }
}

/** Undefined where there is no `dotnet`; rejects with what it writes when it cannot restore. */
async function fromNuGet(environment: Environment): Promise<Compiler | undefined> {
  const env = { ...process.env, ...environment, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  const dotnet = (...args: readonly string[]) => run('dotnet', [...args], { env });
  let packages: string;
  try {
    const { stdout } = await dotnet('nuget', 'locals', 'global-packages', '--list', '--force-english-output');
    packages = stdout.replace(/^[^:]*:/, '').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const name = `Azure.Bicep.CommandLine.${runtimeIdentifier()}`;
  const path = join(packages, name.toLowerCase(), pinnedVersion, 'tools', `bicep${suffix}`);
  const restored = await versionOf(path);
  if (restored !== undefined) {
    return restored;
  }
  await restore(dotnet, name);
  await chmod(path, 0o755);
  return versionOf(path);
}

/** NuGet restores what a project asks for; this one asks for the package and builds nothing. */
async function restore(dotnet: (...args: readonly string[]) => Promise<unknown>, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bicep-'));
  try {
    const project = join(folder, 'bicep.csproj');
    await writeFile(
      project,
      `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="${name}" Version="[${pinnedVersion}]" /></ItemGroup>
</Project>
`,
    );
    await dotnet('restore', project);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** This machine, as .NET names it. */
export function runtimeIdentifier(platform: string = process.platform, arch: string = process.arch): string {
  const systems: Readonly<Record<string, string>> = {
    win32: 'win',
    darwin: 'osx',
    linux: isMusl() ? 'linux-musl' : 'linux',
  };
  return `${systems[platform] ?? platform}-${arch}`;
}

/** Alpine and the like, whose C library is not glibc. */
function isMusl(): boolean {
  const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return process.platform === 'linux' && header.glibcVersionRuntime === undefined;
}
