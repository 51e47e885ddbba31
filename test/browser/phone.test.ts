/** The phone page by clicks and keys alone: a person calls an app, is called by it, and is heard by it. */

import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage } from '../local/emulator/stage.ts';
import { openPhone, type PhonePage, startBrowser } from './phone-page.ts';

let stage: Stage;
let phone: PhonePage;
beforeAll(async () => {
  stage = await setStage({ clock: 'real' });
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
const button = (name: string, within: Locator = page().locator('body')) =>
  within.getByRole('button', { name, exact: true });
const ringing = () => page().getByRole('list', { name: 'Ringing' }).getByRole('listitem');
const calls = () => page().getByRole('list', { name: 'Running calls' });

/** An app that takes calls, and asks the caller for digits and then for words. */
async function answeringApp(): Promise<void> {
  const { client, app, callback } = stage;
  const media = (callConnectionId: string) => client.getCallConnection(callConnectionId).getCallMedia();
  const ask = { DTMF: { maxTonesToCollect: 3, kind: 'callMediaRecognizeDtmfOptions' as const } };
  app.answer = async ({ kind, event: { data } }) => {
    if (kind === 'IncomingCall') {
      const cognitiveServicesEndpoint = 'https://cognitive.example';
      await client.answerCall(data.incomingCallContext, callback, {
        callIntelligenceOptions: { cognitiveServicesEndpoint },
      });
    }
    if (kind === 'CallConnected') {
      await media(data.callConnectionId).startRecognizing({ phoneNumber: ANNA }, ask.DTMF);
    }
    if (kind === 'RecognizeCompleted' && data.recognitionType === 'dtmf') {
      await media(data.callConnectionId).startRecognizing(
        { phoneNumber: ANNA },
        { kind: 'callMediaRecognizeSpeechOptions', speechLanguage: 'en-US' },
      );
    }
    return 200;
  };
  await subscribe();
}

function subscribe(): Promise<unknown> {
  const eventTypes = ['Microsoft.Communication.IncomingCall'];
  return control().put('event-grid/subscriptions/app', { endpoint: `${stage.app.url}/grid`, eventTypes });
}

/** The app calls a person. */
async function appCalls(phoneNumber: string) {
  const invite = {
    targetParticipant: { phoneNumber },
    sourceCallIdNumber: { phoneNumber: APP_NUMBER },
    sourceDisplayName: 'Front desk',
  };
  return (await stage.client.createCall(invite, stage.callback)).callConnection;
}

/** Lets the page ring for a person. */
async function askFor(id: string): Promise<void> {
  await page().getByLabel('Number or user id').fill(id);
  await button('Add').click();
  await page()
    .getByRole('button', { name: `Delete ${id}` })
    .waitFor();
}

test('a person calls the app, presses keys, speaks, and hangs up', async () => {
  await answeringApp();
  await page().getByLabel('From').fill(ANNA);
  await page().getByLabel('To', { exact: true }).fill(APP_NUMBER);
  await page().getByLabel('To', { exact: true }).press('Enter');
  await calls().getByText(`Listening to ${ANNA}`).waitFor();

  await button('4', calls()).click();
  await page().keyboard.press('2');
  await page().keyboard.press('#');
  await calls().getByText('42#').waitFor();
  const { event: digits } = await stage.app.next('RecognizeCompleted');
  expect(digits.data.dtmfResult).toEqual({ tones: ['four', 'two', 'pound'] });

  await calls().getByText(`Listening to ${ANNA}`).waitFor();
  await calls().getByLabel('Words').fill('my bill, please');
  await calls().getByLabel('Confidence').fill('0.7');
  await button('Say', calls()).click();
  await expect
    .poll(() => stage.app.of('RecognizeCompleted')[1]?.event.data.speechResult)
    .toEqual({
      speech: 'my bill, please',
      confidence: 0.7,
    });

  await button(`Hang up ${ANNA}`).click();
  await stage.app.next('CallDisconnected');
  await page().getByText('Ended calls (1)').waitFor();
});

test('the app calls a person who decides by hand: answer', async () => {
  await askFor(ANNA);
  await appCalls(ANNA);
  await ringing()
    .getByRole('heading', { name: `${ANNA} is ringing` })
    .waitFor();
  await ringing().getByText(`Front desk, ${APP_NUMBER} is calling`).waitFor();
  expect(await page().title()).toContain('(1) Ringing');
  expect(stage.app.kinds()).toEqual([]);
  await button('Answer').click();

  await stage.app.next('CallConnected');
  await calls().getByText('connected').waitFor();
  await expect.poll(() => ringing().count()).toBe(0);
});

test.for([
  ['Decline', 560603],
  ['Busy', 560486],
] as const)('the app calls a person who decides by hand: %s', async ([decision, subCode]) => {
  await askFor(ANNA);
  await appCalls(ANNA);
  await button(decision).click();

  const { event } = await stage.app.next('CreateCallFailed');
  expect(event.data.resultInformation).toMatchObject({ subCode });
});

test('a name with markup in it is shown as it was written', async () => {
  await subscribe();
  const displayName = '<img src=x onerror="document.title=1"><b>Anna</b>';
  await page().getByLabel('Display name').fill(displayName);
  await button('Call').click();
  await ringing().getByText(displayName).waitFor();
  expect(await ringing().locator('img, b').count()).toBe(0);
  await button('Hang up').click();

  await expect.poll(() => ringing().count()).toBe(0);
});

test('the page runs no script that is written into it, and takes no text for markup', async () => {
  const attempts = ["document.body.innerHTML = '<b>no</b>'", "document.createElement('script').text = 'no'"];
  for (const attempt of attempts) {
    await expect(page().evaluate(attempt)).rejects.toThrow(/TrustedHTML|TrustedScript/);
  }
  // Chromium reports each.
  phone.troubles.length = 0;
});

test('a call that no app would notice gives a warning beforehand', async () => {
  const warning = page().getByText('no app receives the call');
  await warning.waitFor();
  await subscribe();

  await warning.waitFor({ state: 'hidden' });
});

test('what the emulator refuses is shown in its own words', async () => {
  await page().getByLabel('From').fill('Anna');
  await button('Call').click();

  await page().getByRole('alert').getByText('from: must be a phone number in E.164 form').waitFor();
  expect(phone.troubles.splice(0)).toEqual([expect.stringContaining('400')]);
  await button('Dismiss').click();
  await page().getByRole('alert').waitFor({ state: 'hidden' });
});

test('the reaction of a person to a ring is changed, kept and deleted', async () => {
  await control().put(`parties/${BOB}`, { onRing: 'answer', then: [{ hangUp: true }] });
  const bob = page().getByRole('listitem').filter({ hasText: BOB }).first();
  await bob.getByLabel('After ms').fill('1500');
  await bob.getByLabel('When it rings').selectOption('Decline');
  await expect
    .poll(() => control().get(`parties/${BOB}`))
    .toEqual({
      id: BOB,
      onRing: 'decline',
      afterMs: 1500,
      then: [{ hangUp: true }],
    });
  await button(`Delete ${BOB}`).click();

  await expect.poll(() => control().get('parties')).toEqual({ parties: [] });
  await bob.waitFor({ state: 'detached' });
});

test('the keypad is one stop of the Tab key, and the arrow keys walk over it', async () => {
  await appCalls(BOB);
  const one = button('1', calls());
  await one.focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) {
    await page().keyboard.press(key);
  }
  await calls().getByText('0', { exact: true }).nth(1).waitFor();
  await page().keyboard.press('Tab');

  await calls().locator('input[name="text"]:focus').waitFor();
});

test('a person who is muted or on hold is shown so', async () => {
  const connection = await appCalls(BOB);
  await stage.app.next('CallConnected');
  await connection.getCallMedia().hold({ phoneNumber: BOB });

  await calls().getByText('on hold').filter({ visible: true }).waitFor();
});

test('what plays, what waits and what is recorded is shown with the call', async () => {
  const invite = { targetParticipant: { phoneNumber: BOB }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } };
  const callIntelligenceOptions = { cognitiveServicesEndpoint: 'https://cognitive.example' };
  const { callConnection } = await stage.client.createCall(invite, stage.callback, { callIntelligenceOptions });
  const { serverCallId } = (await stage.app.next('CallConnected')).event.data;
  const recordings = stage.client.getCallRecording();
  const { recordingId } = await recordings.start({ callLocator: { kind: 'serverCallLocator', id: serverCallId } });
  const speech = { kind: 'textSource', text: 'a long story '.repeat(100), voiceName: 'en-US-AvaNeural' } as const;
  await callConnection.getCallMedia().playToAll([speech], { operationContext: 'first' });
  await callConnection.getCallMedia().playToAll([speech], { operationContext: 'second' });

  await calls().getByText('Playing to all (first)', { exact: true }).waitFor();
  await calls().getByText('Playing to all (second), queued').waitFor();
  await calls()
    .getByText(/^Recording \(audio/)
    .waitFor();
  await recordings.stop(recordingId);
  await calls()
    .getByText(/^Recorded \(audio/)
    .waitFor();
});
