/** Content by a link to Blob Storage, which the identity of the app signs: a real Azurite with https judges the signature. */
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { afterAll, beforeAll, expect } from 'vitest';
import { request as askHost } from '../support/api.ts';
import { type SecureStorage, startSecureStorage } from '../support/secure-storage.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { becomes, record, sha256, step } from './recordings.ts';

const test = ownHostOnly('runs the app as an identity in Azure');

let storage: SecureStorage;
let board: Switchboard;
const log: string[] = [];

beforeAll(async () => {
  storage = await startSecureStorage();
  const settings = {
    ...storage.environment,
    RECORDINGS_CONTAINER_URL: `${storage.accountUrl}/recordings/kept`,
    RECORDING_REDIRECT: 'true',
    RECORDING_LINK_SECONDS: '120',
  };
  board = await startSwitchboard(settings, {}, (line) => log.push(line));
});
afterAll(async () => {
  await board.close();
  await storage.close();
});

/** Reads an address of storage, trusting its certificate. */
function read(address: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
    request(address, { ca: storage.certificate, headers, method }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) {
        parts.push(part);
      }
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(parts) });
    })
      .once('error', reject)
      .end();
  });
}

const linkOf = async (recordingId: string, headers: Record<string, string> = {}) => {
  const response = await askHost(`${board.url}/api/recordings/${recordingId}/content`, {
    headers,
    redirect: 'manual',
  });
  return { response, link: response.headers.get('location') ?? '' };
};

test('content is a redirect to a short-lived link that reads one blob over https, and is in no log', async () => {
  const { recordingId } = await record(board, { format: 'wav' });
  await step(board, recordingId, 'stop');
  const { body } = await becomes(board, recordingId, 'archived');
  const { response, link } = await linkOf(recordingId, { range: 'bytes=0-3' });
  expect([response.status, response.headers.get('cache-control'), await response.text()]).toEqual([
    302,
    'no-store',
    '',
  ]);

  const whole = await read(link);
  expect([whole.status, sha256(whole.bytes)]).toEqual([200, body.files[0].sha256]);
  expect(whole.headers).toMatchObject({
    'content-type': 'audio/wav',
    'content-disposition': `inline; filename="${recordingId}-chunk-0.wav"`,
    'cache-control': 'private',
  });
  const part = await read(link, { range: 'bytes=4-13' });
  expect([part.status, part.bytes]).toEqual([206, whole.bytes.subarray(4, 14)]);

  const signed = new URL(link);
  const of = (name: string) => signed.searchParams.get(name);
  expect([of('sp'), of('sr'), of('spr')]).toEqual(['r', 'b', 'https']);
  const lastsSeconds = (Date.parse(of('se') ?? '') - Date.now()) / 1000;
  expect(lastsSeconds).toBeGreaterThan(60);
  expect(lastsSeconds).toBeLessThanOrEqual(120);
  expect(of('skoid')).toBe('11059fcc-5514-4800-b5f8-49808b9cfab6');

  const other = link.replace('chunk-0.wav', 'manifest.json');
  const later = link.replace(/se=[^&]+/, `se=${encodeURIComponent(new Date(Date.now() + 864e5).toISOString())}`);
  for (const forged of [other, later, link.replace(/sig=[^&]+/, 'sig=AAAA'), signed.origin + signed.pathname]) {
    expect((await read(forged)).status).toBeGreaterThanOrEqual(400);
  }
  expect((await read(link, {}, 'DELETE')).status).toBe(403);
  expect(log.some((line) => line.includes('getRecordingContent'))).toBe(true);
  expect(log.filter((line) => line.includes('sig='))).toEqual([]);
});
