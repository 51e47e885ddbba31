/** The phone page of an emulator in a real browser, for tests that click and type. */

import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';

export interface PhonePage {
  readonly browser: Browser;
  readonly page: Page;
  /** Errors that the browser has reported: scripts that failed, requests that were refused, policies that were broken. */
  readonly troubles: string[];
}

/** Starts a browser with an empty page as wide as a desk. */
export async function startBrowser(): Promise<PhonePage> {
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      troubles.push(message.text());
    }
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  return { browser, page, troubles };
}

/** Opens the page of the emulator, and waits until it shows what it found there. */
export async function openPhone({ page, troubles }: PhonePage, url: string): Promise<void> {
  troubles.length = 0;
  await page.goto(`${url}/emulator/`);
  await page.getByText('Live', { exact: true }).waitFor();
}
