/** What stands around the phone: the wire log, the manual clock, faults, the connection string, and starting over. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEmulator } from '../../local/emulator/index.ts';
import { ANNA, APP_NUMBER, CACHE, type Stage, setStage } from '../local/emulator/stage.ts';
import { openPhone, type PhonePage, startBrowser } from './phone-page.ts';

let stage: Stage;
let phone: PhonePage;
beforeAll(async () => {
  stage = await setStage();
  phone = await startBrowser();
});
beforeEach(async () => {
  await stage.clear();
  await openPhone(phone, stage.emulator.url);
});
afterEach(() => expect(phone.troubles).toEqual([]));
afterAll(async () => {
  await phone.browser.close();
  await stage.close();
});

const page = () => phone.page;
const control = () => stage.emulator.control;
const button = (name: string) => page().getByRole('button', { name, exact: true });
const entries = () => page().getByRole('list', { name: 'Log entries, the newest last' }).getByRole('listitem');
const shown = () => entries().filter({ visible: true });

test('the log follows what crosses the wire, folded, and opens to headers and body', async () => {
  await stage.connected();
  await shown().getByText('201 createCall').click();

  await entries().getByText('"callConnectionState": "connecting"').waitFor();
  await shown().getByText('200 CallConnected').waitFor();
});

test('the log shows the kinds that are wanted; the control API is not one of them at first', async () => {
  await stage.connected();
  await shown().getByText('200 CallConnected').waitFor();
  expect(await shown().getByText('/emulator/clock').count()).toBe(0);
  await page().getByLabel('control', { exact: true }).check();
  expect(await shown().getByText('POST /emulator/clock').count()).toBeGreaterThan(0);
  await page().getByLabel('delivery', { exact: true }).uncheck();

  expect(await shown().getByText('200 CallConnected').count()).toBe(0);
});

test('the log says why a text is not spoken, as a kind that can be hidden', async () => {
  const media = (await stage.speaking()).getCallMedia();
  await media.playToAll([{ kind: 'textSource', text: 'hello', voiceName: 'en-US-UnknownNeural' }]);
  await stage.advance(0);
  const reason = shown().getByText('the voice "en-US-UnknownNeural" is not known');
  await reason.waitFor();
  await page().getByLabel('speech', { exact: true }).uncheck();

  expect(await reason.count()).toBe(0);
});

test('a paused log keeps what comes for later', async () => {
  await button('Pause').click();
  await stage.connected();
  await page()
    .getByRole('button', { name: /Resume \([1-9]\d* new\)/ })
    .click();

  await shown().getByText('201 createCall').waitFor();
  await button('Clear view').click();
  await page().getByText('201 createCall').waitFor({ state: 'detached' });
});

test('the manual clock moves by clicks, and a phone that asks rings out', async () => {
  await control().put(`parties/${ANNA}`, { onRing: 'ask' });
  const invite = { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } };
  await stage.client.createCall(invite, stage.callback);
  await page().getByText('Counts as unanswered in 115 s').waitFor();
  await button('+1 min').click();
  await page().getByText('Counts as unanswered in 55 s').waitFor();
  await page().getByText('2026-01-01 00:01:00.000').waitFor();
  await button('+1 min').click();

  await page().getByText('Ended calls (1)').waitFor();
  expect(stage.app.kinds()).toEqual(['CreateCallFailed', 'CallDisconnected']);
});

test('faults are shown while there are any, and cleared one by one or all at once', async () => {
  const faults = page().getByRole('region', { name: 'Faults' });
  await control().post('faults', { match: 'createCall', do: { status: 503 }, times: 2 });
  await control().post('faults', { match: 'PlayStarted', do: { dropEvent: true } });
  await control().post('faults', { match: 'CallConnected', do: { delayEventMs: 50 }, probability: 0.5 });
  await faults.getByText('createCall: {"status":503}, happened 0 of 2 times').waitFor();
  await faults.getByText('CallConnected: {"delayEventMs":50}, chance 0.5').waitFor();
  await button('Clear the fault on PlayStarted').click();
  await faults.getByText('PlayStarted').waitFor({ state: 'detached' });
  await button('Clear all').click();

  await faults.waitFor({ state: 'hidden' });
  expect(await control().get('faults')).toEqual({ faults: [] });
});

test('the connection string is copied as it is', async () => {
  await button('Copy Connection string').click();
  await page().getByText('Copied').waitFor();

  expect(await page().evaluate('navigator.clipboard.readText()')).toBe(stage.emulator.connectionString);
});

test('a reset is asked for twice, and clears the page', async () => {
  await stage.connected();
  await page()
    .getByRole('heading', { name: `Call with ${ANNA}` })
    .waitFor();
  await button('Reset the emulator…').click();
  await page().keyboard.press('Enter');
  await page().getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await entries().count()).toBeGreaterThan(0);
  await button('Reset the emulator…').click();
  await button('Reset').click();

  await expect.poll(() => entries().count()).toBe(0);
  await page().getByText('No calls').waitFor();
  expect(await control().get('calls')).toEqual({ calls: [] });
});

test('a reset by another client is noticed, and what comes after it is shown', async () => {
  await stage.connected();
  await shown().getByText('201 createCall').waitFor();
  await control().post('reset');
  await expect.poll(() => entries().count()).toBe(0);
  await stage.connected();

  await shown().getByText('201 createCall').waitFor();
  expect(await shown().getByText('201 createCall').count()).toBe(1);
});

test('an emulator that goes away is missed, and followed again when it is back', async () => {
  const options = { https: false, quiet: true, cacheDirectory: CACHE } as const;
  const before = await startEmulator({ http: 0, ...options });
  await openPhone(phone, before.url);
  await before.close();
  await page().getByRole('status').filter({ hasText: 'No answer' }).waitFor();
  await page().getByRole('alert').getByText('The emulator does not answer').waitFor();
  const after = await startEmulator({ http: Number(new URL(before.url).port), ...options });
  try {
    await page().getByText('Live', { exact: true }).waitFor();
    await page().getByRole('alert').waitFor({ state: 'hidden' });
  } finally {
    await after.close();
    // Chromium reports each request that was not answered.
    await page().goto('about:blank');
    phone.troubles.length = 0;
  }
});
