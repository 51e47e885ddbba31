/**
 * Builds what is deployed: the functions in one folder, so that no node_modules are uploaded and a cold start loads few
 * files, and what Azure reads beside them.
 */

import { globSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { type DurableBackend, writeDeployable } from './deployable.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Holds what `main` of package.json names. */
export const deployedFolder = 'dist';

/** Some dependencies are CommonJS and ask for Node's own modules by `require`, which an ES module does not have. */
const requireForCommonJs = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

export interface Bundle {
  /** The module to load, relative to the project. */
  readonly file: string;
  /** What every start loads. */
  readonly startBytes: number;
  /** What is loaded only when it is needed, such as the exporters of telemetry. */
  readonly laterBytes: number;
}

/**
 * Bundles every `functions/*.ts`, with its dependencies, into ES modules in `folder` (relative to the project): `main.js`,
 * and `chunks/` for what is imported when it is needed. The licences, host.json and a package.json lie with them, so that
 * the folder can be deployed; source maps lie in `<folder>.maps`, so that they are not. Identifiers keep their names:
 * stack traces can be read without the maps. Rejects with esbuild's messages when an import does not resolve.
 */
export async function build(folder = deployedFolder, backend: DurableBackend = 'storage'): Promise<Bundle> {
  const { metafile, outputFiles } = await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: importsOfFunctions(), resolveDir: root, sourcefile: 'functions.ts', loader: 'ts' },
    outdir: folder,
    entryNames: 'main',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // The Functions worker supplies it: there is no package of that name.
    external: ['@azure/functions-core'],
    banner: { js: requireForCommonJs },
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'external',
    legalComments: 'linked',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  await writeAll(folder, outputFiles);
  await writeDeployable(root, join(folder, 'main.js'), backend);
  return { file: join(folder, 'main.js'), ...sizesOf(metafile, folder) };
}

function importsOfFunctions(): string {
  const files = globSync('functions/*.ts', { cwd: root }).sort();
  return files.map((name) => `import './${name.replaceAll('\\', '/')}';\n`).join('');
}

/** Chunks are named by their content: those of an earlier build would stay. */
async function writeAll(folder: string, files: readonly esbuild.OutputFile[]): Promise<void> {
  const within = resolve(root, folder);
  const maps = `${within}.maps`;
  await Promise.all([join(within, 'chunks'), maps].map((path) => rm(path, { recursive: true, force: true })));
  for (const { path, contents } of files) {
    const to = path.endsWith('.map') ? join(maps, relative(within, path)) : path;
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, contents);
  }
}

/** What the entry imports, and what that imports, is loaded at a start; the rest later. */
function sizesOf({ outputs }: esbuild.Metafile, folder: string): Pick<Bundle, 'startBytes' | 'laterBytes'> {
  const atStart = new Set([join(folder, 'main.js')]);
  for (const path of atStart) {
    for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') {
        atStart.add(imported);
      }
    }
  }
  const modules = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));
  const sum = (some: typeof modules) => some.reduce((bytes, [, output]) => bytes + output.bytes, 0);
  const startBytes = sum(modules.filter(([path]) => atStart.has(path)));
  return { startBytes, laterBytes: sum(modules) - startBytes };
}
