/** What is no proper request gets an answer all the same. */

import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ noAuth: true });
});
afterAll(() => stage.close());

test.for([
  ['no HTTP', 'hello there\r\n\r\n', 400],
  ['an endless header', `GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(70_000)}\r\n\r\n`, 400],
  [
    'an absolute target elsewhere',
    'GET http://elsewhere.example/calling/callConnections/x HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n',
    403,
  ],
] as const)('%s gets an answer', async ([, bytes, status]) => {
  const { port } = new URL(stage.emulator.url);
  const text = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });

  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*"error":`));
});

test('a body over a megabyte is 413', async () => {
  const response = await fetch(`${stage.emulator.url}/calling/callConnections`, {
    method: 'POST',
    body: 'x'.repeat(1_100_000),
  });

  expect(response.status).toBe(413);
});

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test.for([
  [60, 201],
  [65, 400],
  [200_000, 400],
])('a body that is nested %i levels deep is answered %i', async ([levels = 0, status]) => {
  const answers = [
    await fetch(`${stage.emulator.url}/identities`, { method: 'POST', body: `{"unknown": ${deep(levels)}}` }),
    await fetch(`${stage.emulator.url}/emulator/log`),
  ];

  expect(answers.map((answer) => answer.status)).toEqual([status, 200]);
});

test.for([
  ['an address', `http://${'a'.repeat(240_000)} `],
  ['a locale', `en${'-aa'.repeat(80_000)}`],
  ['an id', `8:acs:${'_'.repeat(240_000)}`],
])('%s without end does not delay other requests', async ([, text = '']) => {
  const body = JSON.stringify({
    targets: [{ rawId: text }],
    callbackUri: text,
    transcriptionOptions: { transportType: 'websocket', locale: text, transportUrl: text },
  });
  const response = await fetch(`${stage.emulator.url}/calling/callConnections`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(20_000),
  });

  expect(response.status).toBe(400);
});
