import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PreviousSecret, previousSecrets, signingSecrets } from '../../../shared/webhooks/rotation.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const rotations = fc.array(
  fc.record({
    secret: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    pause: fc.nat({ max: 100 }),
    overlap: fc.option(fc.nat({ max: 200 }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 20 },
);

test('the current secret signs first, each secret once, and a replaced one no longer than its overlap', () => {
  fc.assert(
    fc.property(rotations, (all) => {
      let now = 0;
      let webhook: { secret: string; previous?: readonly PreviousSecret[] } | undefined;
      for (const { secret, pause, overlap } of all) {
        now += pause;
        const previous = previousSecrets(webhook, secret, at(now), { seconds: overlap, defaultSeconds: 60 });
        webhook = { secret, previous };
        const secrets = signingSecrets(webhook, at(now)).split(' ');
        expect(secrets[0]).toBe(secret);
        expect(new Set(secrets).size).toBe(secrets.length);
        expect(secrets.length).toBeLessThanOrEqual(4);
        expect(previous.every(({ until }) => until > at(now) && until <= at(now + Math.max(overlap ?? 200, 60)))).toBe(
          true,
        );
        expect(overlap === undefined || previous.every(({ until }) => until <= at(now + overlap))).toBe(true);
        expect(signingSecrets(webhook, at(now + 201))).toBe(secret);
      }
    }),
  );
});
