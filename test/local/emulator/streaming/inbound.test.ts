/** What a server sends back never does harm, whatever it is. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receive } from '../../../../local/emulator/streaming/inbound.ts';
import { runs } from '../../../support/property-runs.ts';

const none = { audioFrames: 0, audioBytes: 0, stopAudio: 0, refused: 0 };
const key = fc.constantFrom('kind', 'Kind', 'audioData', 'AudioData', 'data', 'Data', 'stopAudio');
const value = fc.oneof(fc.constantFrom('audioData', 'StopAudio', 'AAAA', 'A', null, {}), fc.jsonValue());
const nearly = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)));
const message = fc.oneof(
  nearly.map((object) => Buffer.from(JSON.stringify(object))),
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  fc.constant(Buffer.from('['.repeat(100_000))),
);

test('every message is counted once, as what it is or as refused', () => {
  fc.assert(
    fc.property(message, (written) => {
      const totals = { ...none };
      receive(totals, written);

      expect(totals.audioFrames + totals.stopAudio + totals.refused).toBe(1);
      expect(totals.audioBytes % 2).toBe(0);
      expect(totals.audioBytes > 0).toBe(totals.audioFrames === 1);
    }),
    runs(300),
  );
});

test.for([
  ['{"kind":"audioData","audioData":{"data":"AAAA AAAA"}}'],
  ['{"kind":"audioData","audioData":{"data":"AAA="}}'],
  ['{"kind":"AUDIODATA","AUDIODATA":{"DATA":"AAA="},"x":1}'],
])('%s', ([text]) => {
  const totals = { ...none };
  receive(totals, Buffer.from(String(text)));

  expect(totals).toEqual(text?.includes(' ') ? { ...none, refused: 1 } : { ...none, audioFrames: 1, audioBytes: 2 });
});
