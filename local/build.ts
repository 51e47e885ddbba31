/** Builds what is deployed: the functions in one file, so that no node_modules are uploaded and a cold start loads one, and what Azure reads beside it. */

import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { type DurableBackend, durableBackend, writeDeployable } from './build/deployable.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What `main` of package.json names. */
const deployedFile = 'dist/main.js';

/** Some dependencies are CommonJS and ask for Node's own modules by `require`, which an ES module does not have. */
const requireForCommonJs = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

export interface Bundle {
  readonly file: string;
  readonly sizeBytes: number;
  readonly sourceMapBytes: number;
}

/**
 * Bundles every `functions/*.ts`, with its dependencies, into an ES module at `file` (relative to the project) and writes
 * the source map, the licences, host.json and a package.json beside it, so that the folder can be deployed. Identifiers keep their names, so that stack traces can be read without the
 * map. Rejects with esbuild's messages when an import does not resolve.
 */
export async function build(file = deployedFile, backend: DurableBackend = 'storage'): Promise<Bundle> {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: importsOfFunctions(), resolveDir: root, sourcefile: 'functions.ts', loader: 'ts' },
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // The Functions worker supplies it: there is no package of that name.
    external: ['@azure/functions-core'],
    banner: { js: requireForCommonJs },
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    legalComments: 'linked',
    metafile: true,
    logLevel: 'silent',
  });
  await writeDeployable(root, file, backend);
  const sizeOf = (path: string) => metafile.outputs[relative(root, resolve(root, path))]?.bytes ?? 0;
  return { file, sizeBytes: sizeOf(file), sourceMapBytes: sizeOf(`${file}.map`) };
}

function importsOfFunctions(): string {
  const files = globSync('functions/*.ts', { cwd: root }).sort();
  return files.map((name) => `import './${name.replaceAll('\\', '/')}';\n`).join('');
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;

if (import.meta.main) {
  const { file, sizeBytes, sourceMapBytes } = await build(deployedFile, durableBackend(process.env.DURABLE_BACKEND));
  console.log(`${file.padEnd(16)}${kilobytes(sizeBytes).padStart(8)}   source map ${kilobytes(sourceMapBytes)}`);
}
