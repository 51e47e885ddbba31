import { expect, test } from 'vitest';
import { openLinks } from '../../../shared/recordings/link.ts';

const file = { chunk: 0, name: 'chunk-0.wav', contentType: 'audio/wav', lengthBytes: 1, sha256: '' };
const recording = { recordingId: 'r', folder: '2026/r/' };

test('where storage signs no link the app sends the file itself, and says so when storage was asked', async () => {
  const log: object[] = [];
  const ofLinks = (link?: (...names: string[]) => Promise<string>) =>
    openLinks({ link })({ recordingLinkRefused: (ids) => log.push(ids) }, recording, file);
  expect(await ofLinks()).toBeUndefined();
  expect(log).toEqual([]);
  const refused = async () => {
    throw new RangeError('no key');
  };
  expect(await ofLinks(refused)).toBeUndefined();
  expect(log).toEqual([{ recordingId: 'r', error: 'RangeError' }]);
  expect(await ofLinks(async (...names) => names.join(' '))).toBe('2026/r/chunk-0.wav audio/wav r-chunk-0.wav');
});
