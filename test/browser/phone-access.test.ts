/** The phone page for every eye, hand and ear: on a small phone and a desk, in light and dark, read and pressed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage, USER } from '../local/emulator/stage.ts';
import { openPhone, type PhonePage, startBrowser } from './phone-page.ts';

const INSPECT = readFileSync(join(import.meta.dirname, 'inspect.js'), 'utf8');

let stage: Stage;
let phone: PhonePage;
beforeAll(async () => {
  stage = await setStage();
  phone = await startBrowser();
  await showEverything();
});
afterAll(async () => {
  await phone.browser.close();
  await stage.close();
});

const page = () => phone.page;

/** Fills every part of the page. */
async function showEverything(): Promise<void> {
  const { control, url } = stage.emulator;
  const invite = (phoneNumber: string) => ({
    targetParticipant: { phoneNumber },
    sourceCallIdNumber: { phoneNumber: APP_NUMBER },
  });
  await control.put(`parties/${ANNA}`, { onRing: 'ask' });
  await stage.script(BOB, { waitMs: 60_000 }, { hangUp: true });
  await control.post('faults', { match: 'createCall', do: { dropResponse: true }, times: 1, probability: 0 });
  await stage.client.createCall(invite(ANNA), stage.callback, { operationContext: 'a welcome call' });
  await control.post('incoming-calls', { from: BOB, to: APP_NUMBER, displayName: 'x'.repeat(200) });
  const { callConnection } = await stage.client.createCall(invite(BOB), stage.callback);
  await stage.advance(1000);
  await callConnection.addParticipant({ targetParticipant: { communicationUserId: USER } });
  await stage.advance(1000);
  await callConnection.muteParticipant({ communicationUserId: USER });
  await callConnection.getCallMedia().hold({ phoneNumber: BOB });
  await stage.advance(0);
  await openPhone(phone, url);
  await page().getByRole('list', { name: 'Running calls' }).getByText('muted').filter({ visible: true }).waitFor();
  // Unfolds what is folded, the newest entries of the log among it.
  await page().evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
}

test.for([
  ['light', 360],
  ['dark', 360],
  ['light', 900],
  ['dark', 1440],
] as const)(
  'in %s, %i pixels wide, all is legible, large enough to press, and inside the window',
  async ([colorScheme, width]) => {
    await page().setViewportSize({ width, height: 800 });
    // Without motion, or colours would be measured on their way.
    await page().emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { texts, controls, ...wrong } = (await page().evaluate(INSPECT)) as Record<string, unknown>;

    expect(wrong).toEqual({ pale: [], tiny: [], outside: [], scrollsSideways: false });
    expect(texts).toBeGreaterThan(100);
    expect(controls).toBeGreaterThan(60);
  },
);

test('everything that can be used has a name', async () => {
  const session = await page().context().newCDPSession(page());
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const used = /^(button|checkbox|combobox|textbox|spinbutton|link|dialog|region|list|log)$/;
  const named = nodes.filter(({ ignored, role }) => !ignored && used.test(String(role?.value)));

  expect(named.filter(({ name }) => name?.value === '').map(({ role }) => role?.value)).toEqual([]);
  expect(named.length).toBeGreaterThan(80);
});

test('motion is left out for those who want none', async () => {
  const animation = "getComputedStyle(document.querySelector('.ring-asked .ring-icon')).animationName";
  await page().emulateMedia({ reducedMotion: 'reduce' });
  expect(await page().evaluate(animation)).toBe('none');
  await page().emulateMedia({ reducedMotion: 'no-preference' });

  expect(await page().evaluate(animation)).toBe('shake');
});

test('what happens is said to those who listen, and the keyboard reaches the calls at once', async () => {
  const said = page().locator('[aria-live="polite"]');
  await stage.emulator.control.put(`parties/${USER}`, { onRing: 'ask' });
  await stage.client.createCall({ targetParticipant: { communicationUserId: USER } }, stage.callback);
  await said.getByText(`${USER} is ringing`).waitFor({ state: 'attached' });
  await page().reload();
  await page().keyboard.press('Tab');
  await page().keyboard.press('Enter');

  await page().locator('#live:focus').waitFor();
});
