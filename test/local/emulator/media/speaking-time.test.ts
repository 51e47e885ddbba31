/** How long texts take: never less for more words, and SSML as much as its words and breaks. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ssmlMs, textMs } from '../../../../local/emulator/media/speaking-time.ts';

const words = fc.lorem({ maxCount: 8 });
const speak = (inner: string) => `<?xml version="1.0"?>\n<speak version="1.0">${inner}</speak>\n`;

test('more words take longer, more space does not', () => {
  fc.assert(
    fc.property(words, words, (some, more) => {
      expect(textMs(`${some} ${more}`)).toBeGreaterThan(textMs(some));
      expect(textMs(`  ${some}\n\n`)).toBe(textMs(some));
    }),
  );
});

test('SSML takes the time of its text and of its breaks', () => {
  const breaks = fc.array(fc.nat(5000));
  fc.assert(
    fc.property(words, breaks, (text, pauses) => {
      const markup = speak(
        `<voice name="x"><p>${text}</p></voice>${pauses.map((ms) => `<break time="${ms}ms"/>`).join('')}`,
      );

      expect(ssmlMs(markup)).toBe(pauses.reduce((sum, ms) => sum + ms, textMs(text)));
    }),
  );
});

test.for([
  ['<break/>', 750],
  ['<break strength="none"/>', 0],
  ["<break strength='x-strong' />", 1250],
  ['<break time="1.5s"/>', 1500],
  ['<break strength="loud"/>', 750],
  ['<!-- silent -->', 0],
  ['&amp;', textMs('.')],
] as const)('%s takes %i ms', ([inner, ms]) => {
  expect(ssmlMs(speak(inner))).toBe(ms);
});

test('what is no SSML has no length, and no text is too odd', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(ssmlMs(text)).toBeUndefined();
      expect(ssmlMs(speak(text))).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('a megabyte of open brackets is measured at once', () => {
  const ssml = speak('<break '.repeat(150_000));

  expect(ssmlMs(ssml)).toBeGreaterThan(0);
});
