import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Content } from '../../../shared/acs/client/recording-content.ts';
import { checkedBytes } from '../../../shared/recordings/checked-bytes.ts';

async function* parts(texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    yield Buffer.from(text as string);
  }
}

/** Reads a file to its end and says what it is, or what is wrong with it. */
async function verdictOn(texts: readonly (string | Uint8Array)[], said: Partial<Content> = {}) {
  try {
    const { bytes, facts } = checkedBytes({ ...said, bytes: parts(texts) });
    for await (const _ of bytes) {
    }
    return facts();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

const digest = (algorithm: string, bytes: Uint8Array, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(bytes).digest(encoding);

test('a file that is as it was said to be has its length and its digest, however it is cut', () => {
  return fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1 }), async (cuts) => {
      const whole = Buffer.concat([Buffer.from('RIFF'), ...cuts]);
      const said = { lengthBytes: whole.length, md5: digest('md5', whole, 'base64'), contentType: 'audio/wav' };
      expect(await verdictOn(['RIFF', ...cuts], said)).toEqual({
        lengthBytes: whole.length,
        sha256: digest('sha256', whole, 'hex'),
      });
    }),
  );
});

test.each([
  ['no bytes', [], {}, 'contentEmpty'],
  ['empty parts', ['', ''], {}, 'contentEmpty'],
  ['fewer bytes than were said', ['RIFF'], { lengthBytes: 5 }, 'contentIncomplete'],
  ['more bytes than were said', ['RIFF'], { lengthBytes: 3 }, 'contentIncomplete'],
  ['another digest', ['RIFF'], { md5: 'x' }, 'contentDamaged'],
  ['the type of a page', ['RIFF'], { contentType: 'text/html; charset=utf-8' }, 'contentNotRecording'],
  ['the start of a page', ['<!DOCTYPE html><html>'], { contentType: 'audio/wav' }, 'contentNotRecording'],
  ['a page that starts late', ['\n  ', '<HT', 'ML lang="en">'], {}, 'contentNotRecording'],
  ['an error in XML', ['\uFEFF<?xml version="1.0"?><Error>'], {}, 'contentNotRecording'],
])('a file with %s is refused', async (_, texts, said, code) => {
  expect(await verdictOn(texts, said)).toBe(code);
});

test('metadata in JSON is no page', async () => {
  expect(await verdictOn(['{"callId":"<html>"}'])).toMatchObject({ lengthBytes: 19 });
});
