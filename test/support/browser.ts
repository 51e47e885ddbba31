/** A real Chromium for tests: the one that is named, else one that the machine has, else the one that npm installed. */

import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { bundledBrowser } from './bundled-browser.ts';
import { browserPlaces } from './installed-browsers.ts';

const startWithinMs = 120_000;

const mend = 'Install Chrome, Chromium or Edge, or set CHROMIUM_PATH to one.';

/**
 * Starts a browser without a window: the one at `CHROMIUM_PATH` and no other when that is set. One that is found but does
 * not start (Ubuntu's `chromium-browser` may be a script that says where to get it) gives way to the next.
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: unknown[] = [];
  for await (const options of candidates()) {
    try {
      return await chromium.launch({ ...options, timeout: startWithinMs });
    } catch (error) {
      failures.push(new Error(`${options.executablePath} does not start`, { cause: error }));
    }
  }
  throw new AggregateError(failures, `No browser starts. ${mend}`);
}

async function* candidates(): AsyncGenerator<LaunchOptions> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    yield { executablePath: named };
    return;
  }
  for (const executablePath of browserPlaces(process.platform, process.env).filter((path) => existsSync(path))) {
    yield { executablePath };
  }
  const bundled = await bundledBrowser();
  if (bundled !== undefined) {
    yield bundled;
  }
}
