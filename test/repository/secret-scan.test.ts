/** No tracked file holds a secret, in the forms by which scanners find them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What secrets look like, each with a sample: written in parts, so that the sample is no hit itself. */
const forms: readonly (readonly [kind: string, form: RegExp, sample: string])[] = [
  [
    'private key',
    /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\\n]+[A-Za-z0-9+/]/g,
    '-----BEGIN PRIVATE '.concat('KEY-----\nMIIE'),
  ],
  [
    'key of an Azure service',
    /(?:AccountKey|accesskey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}/gi,
    `AccountKey${'='}${'a'.repeat(86)}==`,
  ],
  ['key of Azurite', /\b[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/])/g, `${'aB1'.repeat(28)}aB==`],
  ['signature of a link', /[?&]sig=[A-Za-z0-9%+/]{40,}/g, `?sig${'='}${'a'.repeat(44)}`],
  ['function key', /\b[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{4,6}={0,2}/g, `${'a'.repeat(44)}${'Az'}Fu1234==`],
  ['client secret of Entra', /\b[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/g, `abc8${'Q'}~${'a'.repeat(31)}`],
  ['token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,})/g, `gh${'p'}_${'a'.repeat(36)}`],
  ['token of npm', /\bnpm_[A-Za-z0-9]{36}\b/g, `np${'m'}_${'a'.repeat(36)}`],
  ['key of AWS', /\bAKIA[0-9A-Z]{16}\b/g, `AK${'IA'}${'A'.repeat(16)}`],
  ['token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{10,}/g, `xo${'xb'}-${'1'.repeat(12)}`],
  [
    'JSON Web Token',
    /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/g,
    `ey${'J'}${'a'.repeat(12)}.ey${'J'}${'a'.repeat(12)}.${'a'.repeat(30)}`,
  ],
  ['secret of a webhook', /\bwhsec_[A-Za-z0-9+/]{32,}={0,2}/g, `whs${'ec'}_${'a'.repeat(32)}`],
];

/** Values that are published: samples of standards, and keys of emulators, which open nothing. */
const published = [
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  'accesskey=YWNzLWVtdWxhdG9yOiBwdWJsaWMgZGV2ZWxvcG1lbnQga2V5LCBub3QgYSBzZWNyZXQ=',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_bG9jYWwgZGV2ZWxvcG1lbnQgb25seSwgbm90IGEgc2VjcmV0',
  'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
  'whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=',
  'whsec_bm90aWZ5IHNlY3JldCBvZiB0aGUgdGVzdHM=',
];

const hitsIn = (text: string) =>
  forms.flatMap(([kind, form]) =>
    (text.match(form) ?? [])
      .filter((hit) => !published.some((one) => hit.endsWith(one)))
      .map((hit) => `${kind}: ${hit.slice(0, 24)}`),
  );

/** Files whose digests look like keys. */
const isOfDigests = (file: string) => file === 'package-lock.json';

test.each(forms)('a %s is found', (kind, _form, sample) => {
  expect(hitsIn(`{"value": "${sample}"}`).map((hit) => hit.split(':')[0])).toContain(kind);
});

test('no tracked file holds a secret', () => {
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
  const hits = files
    .filter((file) => !isOfDigests(file))
    .flatMap((file) => hitsIn(readFileSync(file, 'utf8')).map((hit) => `${file} ${hit}`));
  expect(files.length).toBeGreaterThan(1000);
  expect(hits).toEqual([]);
});

test('files that hold secrets by their nature are not tracked', () => {
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
  const secretive = /(^|\/)(\.env(\..*)?|.*\.(pem|key|pfx|p12|jks)|id_(rsa|ed25519)|encryption-key|\.npmrc\.local)$/;
  expect(files.filter((file) => secretive.test(file))).toEqual([]);
});
