import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyIdOf, type Sealed, seal, sealedSchema, unseal } from '../../../shared/encryption/sealed.ts';

const key = { keyId: 'k1', key: randomBytes(32) };
const text = fc.string({ unit: 'binary' }).map((one) => one.toWellFormed());
const ids = fc.array(fc.string(), { maxLength: 3 });

test('a text opens for its purpose and row, and for no other', () => {
  fc.assert(
    fc.property(text, ids, ids, (plain, own, other) => {
      const sealed = seal(key, plain, ['notifyUrl', ...own]);
      expect(sealedSchema.parse(sealed)).toBe(sealed);
      expect(keyIdOf(sealed)).toBe('k1');
      expect(unseal(key, sealed, ['notifyUrl', ...own])).toBe(plain);
      expect(() => unseal(key, sealed, ['webhookSecret', ...own])).toThrow();
      if (JSON.stringify(own) !== JSON.stringify(other)) {
        expect(() => unseal(key, sealed, ['notifyUrl', ...other])).toThrow();
      }
    }),
  );
});

test('a text with one other bit, cut short, or sealed with another key does not open', () => {
  const sealed = seal(key, 'https://example.com/?code=planted', ['notifyUrl', 'c1']);
  const [, , encoded = ''] = sealed.split('.');
  const bytes = Buffer.from(encoded, 'base64url');
  const withBytes = (changed: Buffer): Sealed => `enc.k1.${changed.toString('base64url')}`;
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => unseal(key, withBytes(changed), ['notifyUrl', 'c1'])).toThrow();
  }
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => unseal(key, withBytes(bytes.subarray(0, length)), ['notifyUrl', 'c1'])).toThrow();
  }
  expect(() => unseal({ ...key, key: randomBytes(32) }, sealed, ['notifyUrl', 'c1'])).toThrow();
});

test('the same text is sealed differently each time', () => {
  const all = Array.from({ length: 100 }, () => seal(key, 'same', ['notifyUrl', 'c1']));
  expect(new Set(all).size).toBe(all.length);
});

test.each(['', 'whsec_abc', 'https://example.com/', 'enc.', 'enc.k1', 'enc.k1.a b', 'enc..x'])(
  'what is not encrypted is not taken for it: %j',
  (plain) => {
    expect(sealedSchema.safeParse(plain).success).toBe(false);
    expect(() => unseal(key, plain as Sealed, ['notifyUrl', 'c1'])).toThrow();
    expect(keyIdOf(plain as Sealed)).toEqual(expect.any(String));
  },
);
