/** The form of JSON texts: whatever they hold, exactly the members that are there twice are found. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formErrors } from '../../../shared/http/json-form.ts';

/** JSON of which each object may have a member again, with the paths of those that do. */
interface Written {
  readonly text: string;
  readonly repeated: readonly string[];
}

const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a', '__proto__', '"', '\\', '{"a":1}', ',', ''));
const blank = fc.constantFrom('', ' ', '\n\t');

/** A name as JSON writes it, with an escape for each character or for none that needs none. */
const spelled = (text: string, isEscaped: boolean) =>
  isEscaped
    ? `"${[...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
    : JSON.stringify(text);

const written = fc.letrec<{ value: Written; array: Written; object: Written; leaf: Written }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('array'), tie('object')),
  leaf: fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"a":1', '{"a"'),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    )
    .map((value) => ({ text: JSON.stringify(value), repeated: [] })),
  array: fc.array(tie('value'), { maxLength: 4 }).map((elements) => ({
    text: `[${elements.map(({ text }) => text).join(' , ')}]`,
    repeated: elements.flatMap(({ repeated }, index) => repeated.map((path) => `[${index}]${dotted(path)}`)),
  })),
  object: fc
    .uniqueArray(fc.tuple(name, tie('value'), fc.boolean(), blank, fc.boolean()), {
      selector: ([one]) => one,
      maxLength: 4,
    })
    .map((members) => ({
      text: `{${members
        .flatMap(([one, { text }, isEscaped, space, isTwice]) => {
          const member = `${spelled(one, isEscaped)}${space}:${space}${text}`;
          return isTwice ? [member, `${JSON.stringify(one)}:${text}`] : [member];
        })
        .join(',')}}`,
      repeated: members.flatMap(([one, { repeated }, , , isTwice]) => [
        ...(isTwice ? [one] : []),
        ...repeated.map((path) => `${one}${dotted(path)}`),
      ]),
    })),
}));

/** A path within another. */
function dotted(path: string): string {
  return path.startsWith('[') ? path : `.${path}`;
}

test('each member that is there twice is found, at its path, and no other', () => {
  fc.assert(
    fc.property(written.value, ({ text, repeated }) => {
      JSON.parse(text);
      // A name that is empty or looks like an index makes paths alike: the number of them is compared by their set.
      const paths = new Set(formErrors(text).map(({ path }) => plain(path)));
      expect(paths).toEqual(new Set(repeated.map(plain)));
    }),
  );
});

/** A path in which an empty name leaves no trace. */
function plain(path: string): string {
  return path.replaceAll('.', '');
}

test('texts of a quarter of a mebibyte are read in milliseconds, whatever they hold', () => {
  const texts = [
    `"${'\\"'.repeat(130_000)}"`,
    `"${'x'.repeat(260_000)}"`,
    `[${'{},'.repeat(87_000)}{}]`,
    `{${Array.from({ length: 20_000 }, (_, index) => `"${index}":1`).join(',')}}`,
  ];
  for (const text of texts) {
    const start = performance.now();
    expect(formErrors(text)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  }
});
