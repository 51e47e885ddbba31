import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messagesIn } from '../../../../local/host/storage/queue-output.ts';
import { decodeMessage, encodeMessage } from '../../../../local/host/storage/queue-text.ts';

it.each(['base64', 'none'] as const)('gives back what it has written in %s', (encoding) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeMessage(encodeMessage(text, encoding), encoding)?.toString()).toBe(text);
    }),
  );
});

it.each(['not base64!', 'YQ', 'YQ==='])('does not take %s for base64', (text) => {
  expect(decodeMessage(text, 'base64')).toBeUndefined();
});

it.each([
  [{ string: 'text' }, ['text']],
  [{ int: 7 }, ['7']],
  [{ json: '{"a":1}' }, ['{"a":1}']],
  [{ json: '["a",{"b":2},3]' }, ['a', '{"b":2}', '3']],
  [{ json: '[]' }, []],
  [{ bytes: Uint8Array.of(1, 2) }, [Uint8Array.of(1, 2)]],
])('makes messages of %o', (data, messages) => {
  expect(messagesIn(data)).toEqual(messages);
});
