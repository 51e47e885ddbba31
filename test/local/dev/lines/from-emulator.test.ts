/** The lines of `npm run dev` that come from the emulator's wire log, and how a line is written. */
import { describe, expect, it } from 'vitest';
import { formatted, type Paint } from '../../../../local/dev/lines/format.ts';
import { translate } from '../../../../local/dev/lines/translate.ts';

const at = '2026-11-30T10:00:00.123Z';
const callId = '3f2a81c0-0000-4000-8000-000000000001';
const from = '+14255550123';
const to = '+14255550100';

describe('of the emulator', () => {
  const entry = (fields: object) => JSON.stringify({ n: 1, at, ...fields });
  const phone = (value: string) => ({ kind: 'phoneNumber', phoneNumber: { value } });
  const createCall = { kind: 'request', method: 'POST', path: '/calling/callConnections?api-version=1' };
  const toFunction = 'http://127.0.0.1:7071/runtime/webhooks/EventGrid?functionName=incomingCall';
  const ring = { data: { from: phone(from), to: phone(to) } };

  it.each([
    [
      'a call to a number',
      {
        ...createCall,
        body: { targets: [phone(from)], sourceCallerIdNumber: { value: to }, operationContext: callId },
      },
      `app call 3f2a81c0…: ${to} calls ${from}`,
    ],
    [
      'a call among users',
      {
        ...createCall,
        body: { targets: [{ communicationUser: { id: '8:acs:u' } }, { rawId: '8:x' }, {}], operationContext: callId },
      },
      'app call 3f2a81c0…: the app calls 8:acs:u, 8:x, someone',
    ],
    [
      'a call that rings',
      { kind: 'event', event: 'IncomingCall', url: toFunction, body: [ring] },
      `people ${from} calls ${to}`,
    ],
    [
      'a call that rings by the other schema',
      { kind: 'event', event: 'IncomingCall', url: toFunction, body: ring },
      `people ${from} calls ${to}`,
    ],
    [
      'a delivery without a response',
      { kind: 'delivery', event: 'CallConnected', url: 'http://x', note: 'no answer (refused)' },
      'ACS cannot deliver CallConnected to http://x: no answer (refused)',
    ],
    [
      'a delivery that is refused',
      { kind: 'delivery', url: 'ws://x', status: 404 },
      'ACS cannot deliver media to ws://x: answer 404',
    ],
    [
      'a file that cannot be played',
      { kind: 'download', url: 'http://x', note: 'answered 404' },
      'ACS cannot fetch http://x: answered 404',
    ],
    ['a fault', { kind: 'fault', operation: 'play', note: 'answered 500' }, 'ACS injected fault: play answered 500'],
    [
      'a fault of an event',
      { kind: 'fault', event: 'PlayFailed', note: 'dropped' },
      'ACS injected fault: PlayFailed dropped',
    ],
  ])('a line for %s', (_, fields, text) => {
    const line = translate('emulator', entry(fields), 'stdout');

    expect(`${line?.who} ${line?.what}`).toBe(text);
  });

  it.each([
    [
      'a request of another operation',
      entry({ kind: 'request', method: 'POST', path: '/calling/callConnections/c:terminate' }),
    ],
    ['a request to make a call that cannot be read', entry({ ...createCall, body: 'x' })],
    [
      'the second delivery of an incoming call',
      entry({ kind: 'event', event: 'IncomingCall', url: 'http://queue', body: ring }),
    ],
    ['an event that cannot be read', entry({ kind: 'event', event: 'IncomingCall', url: toFunction, body: [] })],
    ['a delivery', entry({ kind: 'delivery', event: 'CallConnected', status: 200 })],
    ['a file that is played', entry({ kind: 'download', url: 'http://x', status: 200 })],
    ['a response', entry({ kind: 'response', status: 200 })],
    ['its addresses', 'listening on http://127.0.0.1:9100'],
    ['an entry that was cut when it ended', entry({ kind: 'fault', note: 'dropped' }).slice(0, -1)],
  ])('none for %s', (_, text) => {
    expect(translate('emulator', text, 'stdout')).toBeUndefined();
  });
});

it('prints what a part writes to its error output as it is', () => {
  expect(translate('storage', 'no disk left', 'stderr')).toEqual({ who: 'storage', what: 'no disk left', tone: 'bad' });
  expect(translate('storage', 'Azurite is listening', 'stdout')).toBeUndefined();
});

describe('on a terminal', () => {
  const marked: Paint = (style, text) => `<${style}>${text}</>`;
  const plain: Paint = (_, text) => text;
  const now = new Date(2026, 10, 30, 9, 5, 7, 8);

  it('has the time, who and what in columns', () => {
    const line = { who: 'app', what: 'call 3f2a81c0… is connected', tone: 'good' } as const;

    expect(formatted(line, plain, now)).toBe('09:05:07.008  app       call 3f2a81c0… is connected');
    expect(formatted(line, marked, now)).toBe(
      '<dim>09:05:07.008</>  <cyan>app       </><green>call 3f2a81c0… is connected</>',
    );
  });

  it('takes the time that the part gave, and indents further lines', () => {
    const line = { at: now.toISOString(), who: 'storage', what: 'one\ntwo', tone: 'plain' } as const;

    expect(formatted(line, plain, new Date(0))).toBe('09:05:07.008  storage   one\n                        two');
  });
});
