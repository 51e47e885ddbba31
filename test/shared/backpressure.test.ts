/** Bytes pass at the pace of a response, and unhindered where the response is not known. */
import { expect, test } from 'vitest';
import { openBackpressure } from '../../shared/backpressure.ts';

async function* chunks() {
  yield Buffer.from('one');
  yield Buffer.from('two');
}

test('the bytes of an invocation whose response is unknown pass as they are', async () => {
  const received: string[] = [];
  for await (const chunk of openBackpressure(1)('no such invocation')(chunks())) {
    received.push(String(chunk));
  }
  expect(received).toEqual(['one', 'two']);
});
