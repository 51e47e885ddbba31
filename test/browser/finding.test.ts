/** Where the tests find a browser: on each operating system, when one does not start, and when none is installed. */

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { browserPlaces } from '../support/installed-browsers.ts';

const folder = mkdtempSync(join(tmpdir(), 'browsers-'));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

test.for([
  ['linux', { PATH: '/home/anna/bin::/usr/bin' }, '/home/anna/bin/google-chrome'],
  ['linux', { PATH: '/usr/bin' }, '/usr/bin/chromium'],
  ['linux', { PATH: '/usr/bin' }, '/snap/bin/chromium'],
  ['linux', {}, '/opt/microsoft/msedge/microsoft-edge'],
  ['darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['darwin', { HOME: '/Users/anna' }, '/Users/anna/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  ['win32', { PROGRAMFILES: 'C:\\Program Files' }, 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
  [
    'win32',
    { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' },
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
] as const)('on %s with %o a browser may be at %s', ([platform, env, place]) => {
  expect(browserPlaces(platform, env)).toContain(place);
});

test('Chrome is preferred, no place is relative, none is named twice, and other systems have none', () => {
  const places = browserPlaces('linux', { PATH: ':/usr/bin:/usr/bin' });
  expect(places[0]).toBe('/usr/bin/google-chrome');
  expect(places.filter((place) => !place.startsWith('/'))).toEqual([]);
  expect(new Set(places).size).toBe(places.length);
  expect(browserPlaces('aix', { PATH: '/usr/bin' })).toEqual([]);
});

test('a browser that is found but does not start gives way to the next', async () => {
  const broken = join(folder, 'google-chrome');
  writeFileSync(broken, '#!/bin/sh\necho "install it first" >&2\nexit 1\n');
  chmodSync(broken, 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  const browser = await launchBrowser();

  expect(browser.isConnected()).toBe(true);
  await browser.close();
});

test('a browser that is named and not there is an error that says what to do', async () => {
  vi.stubEnv('CHROMIUM_PATH', join(folder, 'nowhere'));

  await expect(launchBrowser()).rejects.toThrow('set CHROMIUM_PATH to one');
});
