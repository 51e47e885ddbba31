import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { signedHeaders, signingSecret } from '../../../shared/webhooks/signature.ts';

const secretOf = (bytes: Uint8Array) => `whsec_${Buffer.from(bytes).toString('base64')}`;
const secret = fc.uint8Array({ minLength: 24, maxLength: 64 }).map(secretOf);
const text = fc.string({ unit: 'grapheme' });

test('what is signed is verified by the library of Standard Webhooks', () => {
  fc.assert(
    fc.property(secret, fc.uuid(), fc.json(), (key, id, body) => {
      const headers = signedHeaders(key, id, body, new Date());
      expect(new Webhook(key).verify(body, headers)).toEqual(JSON.parse(body));
    }),
  );
});

test('a message under another secret, or with another body, id or time, is not', () => {
  fc.assert(
    fc.property(secret, secret, fc.uuid(), text, (key, other, id, body) => {
      fc.pre(key !== other);
      const headers = signedHeaders(key, id, body, new Date());
      const verify = (under: string, changed: string, with_: object) =>
        new Webhook(under).verify(changed, { ...headers, ...with_ }, { jsonParse: false });
      expect(() => verify(key, body, {})).not.toThrow();
      expect(() => verify(other, body, {})).toThrow('No matching signature');
      expect(() => verify(key, `${body} `, {})).toThrow('No matching signature');
      expect(() => verify(key, body, { 'webhook-id': `${id}1` })).toThrow('No matching signature');
      const time = String(Number(headers['webhook-timestamp']) - 1);
      expect(() => verify(key, body, { 'webhook-timestamp': time })).toThrow('No matching signature');
    }),
  );
});

test('each of several secrets signs, so that a receiver can move from one to the next', () => {
  const [old, next] = [new Uint8Array(24).fill(1), new Uint8Array(64).fill(2)].map(secretOf);
  const headers = signedHeaders(`${next} ${old}`, 'm1', '{}', new Date());
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  for (const one of [old, next]) {
    expect(new Webhook(String(one)).verify('{}', headers)).toEqual({});
  }
});

test.each([
  'whsec_',
  `whsec_${'A'.repeat(28)}`,
  `whsec_${'A'.repeat(120)}`,
  'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw  whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw none',
  '',
])('%o is no secret', (given) => {
  expect(signingSecret.safeParse(given).success).toBe(false);
});

test('a secret is 24 to 64 bytes in base64, with or without its filling', () => {
  fc.assert(fc.property(secret, (given) => signingSecret.safeParse(given).success));
});
