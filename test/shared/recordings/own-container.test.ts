import { expect, test } from 'vitest';
import { chunksAmong } from '../../../shared/recordings/own-container.ts';

const folder = 'https://contoso.blob.core.windows.net/calls/op/20260101/call/rec';

test('files and their metadata are paired and put in order by the names that are documented', () => {
  const names = [
    '10-audiowav.d10.wav',
    '2-acsmetadata.d2.json',
    '2-audiowav.d2.wav',
    '10-acsmetadata.d10.json',
    'note.txt',
  ];
  expect(chunksAmong(names.map((name) => `${folder}/${name}`))).toEqual([
    {
      index: 0,
      documentId: '2-audiowav.d2.wav',
      contentLocation: `${folder}/2-audiowav.d2.wav`,
      metadataLocation: `${folder}/2-acsmetadata.d2.json`,
    },
    {
      index: 1,
      documentId: '10-audiowav.d10.wav',
      contentLocation: `${folder}/10-audiowav.d10.wav`,
      metadataLocation: `${folder}/10-acsmetadata.d10.json`,
    },
  ]);
});

test('a file without metadata counts, metadata without a file does not', () => {
  expect(chunksAmong([`${folder}/0-video.d.mp4`, `${folder}/1-acsmetadata.d.json`, `${folder}/3-other.json`])).toEqual([
    { index: 0, documentId: '0-video.d.mp4', contentLocation: `${folder}/0-video.d.mp4` },
  ]);
  expect(chunksAmong([])).toEqual([]);
});
