/** CallRecording: the files. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect } from 'vitest';
import { stored } from './recorded.ts';
import type { Row } from './row.ts';

const nowhere = {
  contentLocation: 'https://us-api.asm.skype.com/v1/objects/0-eus-d1-none/content/audio',
  deleteLocation: 'https://us-api.asm.skype.com/v1/objects/0-eus-d1-none',
};

/** The SDK throws what it reads of a storage host's refusal. */
const noSuchFile = { status: 404, message: expect.stringContaining('no such file') };

const nothing = () => new Writable({ write: (_piece, _encoding, done) => done() });
const path = () => join(mkdtempSync(join(tmpdir(), 'recording-')), 'a.wav');

export const recordingFileMethods: readonly Row[] = (
  [
    [
      'downloadStreaming',
      'contentLocation',
      async ({ recording }, at) => void (await recording.downloadStreaming(at)).resume?.(),
    ],
    ['downloadToStream', 'contentLocation', ({ recording }, at) => recording.downloadToStream(at, nothing())],
    ['downloadToPath', 'contentLocation', ({ recording }, at) => recording.downloadToPath(at, path())],
    ['delete', 'deleteLocation', ({ recording }, at) => recording.delete(at)],
  ] as const satisfies [string, string, Row['call']][]
).flatMap(([name, location, call]): Row[] => [
  { method: `CallRecording.${name}`, title: 'takes a file that is there', given: stored(location), call },
  {
    method: `CallRecording.${name}`,
    title: 'is refused for a file that is not there',
    call: (scene) => call(scene, nowhere[location]),
    refused: noSuchFile,
  },
]);
