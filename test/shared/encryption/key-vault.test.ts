/** Data keys wrapped by a key of Key Vault, through Azure's SDK, its challenge and TLS. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settleMs } from '../../../shared/encryption/encryption.ts';
import { keyVaultKey } from '../../../shared/encryption/key-vault.ts';
import { keyIdOf } from '../../../shared/encryption/sealed.ts';
import { encryptionSettings, wrappingKeyOf } from '../../../shared/encryption/settings.ts';
import { anEncryption, dataKeysInMemory } from '../../support/encryption.ts';
import { type KeyVault, startKeyVault } from '../../support/key-vault.ts';

const binding = ['webhookSecret', 'crm', 'https://example.com/'] as const;
const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }) };

let vault: KeyVault;
let rows: ReturnType<typeof dataKeysInMemory>;
let nowMs: number;

beforeEach(async () => {
  vault = await startKeyVault();
  rows = dataKeysInMemory();
  nowMs = Date.UTC(2026, 0, 1);
});
afterEach(() => vault.close());

const anInstance = () =>
  anEncryption({
    rows,
    wrappingKey: keyVaultKey(vault.keyUrl, credential, {
      disableChallengeResourceVerification: true,
      tlsOptions: { ca: vault.certificate },
    }),
    now: () => nowMs,
  });

test('after the start, nothing that is sealed or opened waits for Key Vault', async () => {
  const one = anInstance();
  await one.start();
  const asked = vault.requests.length;
  expect(vault.requests.at(-1)).toMatch(/^POST \/keys\/storage\/1\/unwrapkey$/);
  vault.failsWith = 500;
  for (let index = 0; index < 100; index += 1) {
    expect(await one.open(await one.seal(`text ${index}`, binding), binding)).toBe(`text ${index}`);
  }
  expect(vault.requests).toHaveLength(asked);
});

test('after a rotation in Key Vault new texts are of the new version, and older ones open', async () => {
  const before = await anInstance().seal('before', binding);
  vault.rotate();
  await anInstance().start();
  nowMs += settleMs;
  const one = anInstance();
  const after = await one.seal('after', binding);
  expect([before, after].map(keyIdOf)).toEqual(['1', '2']);
  expect(await one.open(before, binding)).toBe('before');
  expect(await anInstance().open(after, binding)).toBe('after');
});

test.each([403, 404])('a start that Key Vault refuses with %d fails, and names the setting', async (status) => {
  vault.failsWith = status;
  await expect(anInstance().start()).rejects.toThrow(/ENCRYPTION_KEY_URL .*Caller is not authorized/);
});

test('the settings name the key, in Key Vault, in a file, or the published one', () => {
  const keyOf = (settings: Parameters<typeof encryptionSettings>[0]) => wrappingKeyOf(encryptionSettings(settings));
  expect(keyOf({ ENCRYPTION_KEY_URL: vault.keyUrl }).setting).toBe('ENCRYPTION_KEY_URL');
  expect(keyOf({ ENCRYPTION_KEY_FILE: '/nowhere' }).setting).toBe('ENCRYPTION_KEY_FILE');
  expect(keyOf({}).setting).toBe('ENCRYPTION_KEY_FILE');
});
