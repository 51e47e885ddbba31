/** A real Chromium for tests, as the machine has it. */

import { type Browser, chromium } from 'playwright-core';

/** Starts a browser without a window; `CHROMIUM_PATH` says where it is when it is not in its usual place. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  try {
    return await chromium.launch({ executablePath, timeout: 120_000 });
  } catch (cause) {
    const mend = 'Install it (`apt-get install chromium`), or set CHROMIUM_PATH to a Chromium or Chrome.';
    throw new Error(`No browser starts at ${executablePath}. ${mend}`, { cause });
  }
}
