/** How long texts take: never less for more words, and SSML as much as its words and breaks. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ssmlMs, textMs } from '../../../../local/emulator/media/speaking-time.ts';
import { readSsml } from '../../../../local/emulator/media/ssml.ts';

const words = fc.lorem({ maxCount: 8 });
const speak = (inner: string) =>
  `<?xml version="1.0"?>\n<speak version="1.0"><voice name="x">${inner}</voice></speak>\n`;

/** Milliseconds for SSML; undefined when it is refused. */
function spokenMs(markup: string): number | undefined {
  const ssml = readSsml(markup, () => true);
  return 'problem' in ssml ? undefined : ssmlMs(ssml);
}

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
      const markup = speak(`<p>${text}</p>${pauses.map((ms) => `<break time="${ms}ms"/>`).join('')}`);

      expect(spokenMs(markup)).toBe(pauses.reduce((sum, ms) => sum + ms, textMs(text)));
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
  expect(spokenMs(speak(inner))).toBe(ms);
});

test('what is no SSML has no length, and no text is too odd', () => {
  const escaped = (text: string) => text.replace(/[<&\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '.').replaceAll(']]>', '.');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(spokenMs(text)).toBeUndefined();
      expect(spokenMs(speak(escaped(text)))).toBeGreaterThanOrEqual(0);
    }),
  );
});

test.for([
  ['open brackets', speak('<break '.repeat(150_000))],
  ['elements within one another', speak('<p>'.repeat(150_000))],
] as const)('a megabyte of %s is refused at once', ([, ssml]) => {
  expect(spokenMs(ssml)).toBeUndefined();
});

test('100,000 elements beside one another are measured', () => {
  expect(spokenMs(speak('<s>a</s>'.repeat(100_000)))).toBeGreaterThan(0);
});
