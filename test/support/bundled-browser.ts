/** The Chromium of `@sparticuz/chromium`, for machines without a browser: it brings its libraries and a font along. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { LaunchOptions } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
const packageFolder = resolve(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');

/** The package is built for this one. */
const isSupported = process.platform === 'linux' && process.arch === 'x64';

/** It unpacks into the folder for temporary files, and its libraries only where it takes the machine for Amazon's. */
const unpack = "await (await import('@sparticuz/chromium')).default.executablePath()";
const amazonLinux = { AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };

/** How to start it, unpacked once for each installation; undefined on machines that it is not built for. */
export async function bundledBrowser(): Promise<LaunchOptions | undefined> {
  if (!isSupported) {
    return undefined;
  }
  const folder = await unpacked();
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

/** Test files run side by side: each unpacks for itself, and the first to be ready gives the folder its name. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const own = await mkdtemp(`${folder}-`);
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: root,
      env: { ...process.env, ...amazonLinux, TMPDIR: own },
    });
    // The package's own names the folder that a Lambda unpacks into.
    await writeFile(join(own, 'fonts.conf'), fontsIn(join(folder, 'fonts')));
    await rename(own, folder).catch(async (error: NodeJS.ErrnoException) => {
      await rm(own, { recursive: true });
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
  return folder;
}

function fontsIn(folder: string): string {
  const head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">';
  return `${head}<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>\n`;
}
