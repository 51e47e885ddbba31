import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openAcs } from '../../../shared/acs/client/client.ts';
import { isOfHosts } from '../../../shared/recordings/locations.ts';
import { openSource, type Sources } from '../../../shared/recordings/source.ts';
import { openContainerFiles } from '../../../shared/storage/container-files.ts';

/** Starts a response and never ends it, or never starts one. */
let silent: Server;
let sources: Sources;
const recording = { acsRecordingId: 'r', createdAt: '2026-01-01T00:00:00.000Z', moves: [] };
const hosts = ['.asm.skype.com', 'files.example.com'];

beforeAll(async () => {
  silent = createServer((request, response) => {
    if (request.url?.startsWith('/starts')) {
      response.writeHead(200, { 'content-type': 'audio/wav' }).write('RIFF');
    } else if (request.url?.startsWith('/moved')) {
      response.writeHead(302, { location: 'https://us-api.asm.skype.com/elsewhere' }).end();
    }
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const settings = { connectionString: `endpoint=${origin}/;accesskey=a2V5`, isLocal: true, recordingOrigin: origin };
  sources = {
    acs: openAcs(settings, 1),
    containers: openContainerFiles({ connectionString: inject('storage') }),
    contentHosts: hosts,
    stallSeconds: 0.2,
  };
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await once(silent, 'close');
});

async function read(location: string, destinationUrl?: string, from = sources): Promise<unknown> {
  try {
    const source = { ...recording, ...(destinationUrl !== undefined && { destinationUrl }) };
    const { bytes } = await openSource(from, source, location);
    for await (const _ of bytes) {
    }
    return 'read';
  } catch (error) {
    return error instanceof Error && 'statusCode' in error
      ? error.statusCode
      : error instanceof Error && 'code' in error
        ? error.code
        : error;
  }
}

test.each([
  ['https://us-api.asm.skype.com/starts', 'contentStalled'],
  ['https://us-api.asm.skype.com/never', 'contentStalled'],
  ['https://us-api.asm.skype.com/moved', 302],
  ['https://asm.skype.com.example.com/starts', 'contentHostRefused'],
])('reading %s ends in %s', async (location, verdict) => {
  expect(await read(location)).toBe(verdict);
});

test.each([
  ['https://contoso.blob.core.windows.net/calls/op', 'https://contoso.blob.core.windows.net/calls/op/../other/a.wav'],
  ['https://contoso.blob.core.windows.net/calls/op', 'https://contoso.blob.core.windows.net/calls/op2/a.wav'],
  ['https://contoso.blob.core.windows.net/calls/op', 'https://fabrikam.blob.core.windows.net/calls/op/a.wav'],
])('a recording that is sent to %s has no file at %s', async (destinationUrl, location) => {
  expect(await read(location, destinationUrl)).toBe('contentHostRefused');
});

test('a file that a container does not have is missing', async () => {
  const account = /BlobEndpoint=([^;]+)/.exec(inject('storage'))?.[1];
  const unhurried = { ...sources, stallSeconds: 10 };
  expect(await read(`${account}/calls/op/a.wav`, `${account}/calls/op`, unhurried)).toBe('contentMissing');
});

test.each([
  ['https://us-api.asm.skype.com/v1', true],
  ['https://US-API.ASM.SKYPE.COM/v1', true],
  ['https://files.example.com/v1', true],
  ['https://sub.files.example.com/v1', false],
  ['https://asm.skype.com/v1', false],
  ['http://us-api.asm.skype.com/v1', false],
  ['https://us-api.asm.skype.com:444/v1', false],
  ['https://user@us-api.asm.skype.com/v1', false],
  ['https://us-api.asm.skype.com@example.com/v1', false],
])('%s is of the allowed hosts: %s', (location, isSo) => {
  expect(isOfHosts(location, hosts)).toBe(isSo);
});
