/** A real Chromium for tests, as the machine has it. */

import { type Browser, chromium } from 'playwright-core';

/** Starts a browser without a window; `CHROMIUM_PATH` says where it is when it is not in its usual place. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, timeout: 120_000 });
}
