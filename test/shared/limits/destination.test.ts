/** Which numbers may be dialed. */
import fc from 'fast-check';
import parsePhoneNumber, { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import { destinationRefusal, everywhere, isDestination } from '../../../shared/limits/destination.ts';

const isAllowed = (number: string, ...allowed: string[]) => destinationRefusal(number, allowed) === undefined;

const costly: readonly (readonly [number: string, prefix: string, kind: string])[] = [
  ['+19002345678', '+1900', 'premium-rate'],
  ['+449012345678', '+44901', 'premium-rate'],
  ['+448432345678', '+44843', 'premium-rate'],
  ['+491801234567', '+49180', 'shared-cost'],
  ['+447012345678', '+44701', 'personal-number'],
  ['+881612345678', '+881', 'satellite'],
  ['+882161234567', '+882', 'satellite'],
  ['+883510012345', '+883', 'satellite'],
  ['+870773111632', '+870', 'satellite'],
  ['+979123456789', '+979', 'premium-rate'],
  ['+80812345678', '+808', 'shared-cost'],
  ['+87812345678901', '+878', 'personal-number'],
];

test.each(costly)('%s is refused as %s, a %s range, wherever every country is allowed', (number, prefix, kind) => {
  expect(destinationRefusal(number, [everywhere])).toEqual({
    prefix,
    reason: `${prefix} is a ${kind} range, which is dialed only where an allowed destination names it`,
  });
  expect(isAllowed(number, everywhere, prefix)).toBe(true);
  expect(isAllowed(number, prefix.slice(0, -1))).toBe(false);
});

test.each([
  ['shorter than its plan allows', '+49900123456'],
  ['longer than its plan allows', '+4990012345678'],
  ['of a length that the plan does not have', '+44843123456'],
])('a premium number whose type is not known, because it is %s, is found by its first digits', (_, number) => {
  expect(isAllowed(number, everywhere)).toBe(false);
});

test.each([
  ['+14255550123', 'US'],
  ['+18092345678', 'DO'],
  ['+17872345678', 'PR'],
  ['+12425551234', 'BS'],
  ['+77012345678', 'KZ'],
  ['+79012345678', 'RU'],
])('%s is a number of %s, whatever countries share its calling code', (number, country) => {
  expect(isAllowed(number, country)).toBe(true);
  expect(isAllowed(number, 'FR', country === 'US' ? 'CA' : 'US')).toBe(false);
});

test('a number whose country cannot be determined needs a prefix, or every country that it may be of', () => {
  const unassigned = '+447400000000000'.slice(0, 13).replace('+4474', '+4469');
  expect(destinationRefusal(unassigned, ['GB'])).toMatchObject({
    prefix: '+44',
    reason: expect.stringContaining('cannot'),
  });
  expect(isAllowed(unassigned, 'GB', 'GG', 'IM', 'JE')).toBe(true);
  expect(isAllowed(unassigned, '+44')).toBe(true);
  expect(isAllowed('+0', 'US')).toBe(true);
  expect(destinationRefusal('+2100000000', ['US'])).toMatchObject({ prefix: '+210' });
});

test('users have no number, and a number is found in whichever kind of raw id it stands', () => {
  expect(isAllowed('8:acs:a_b')).toBe(true);
  expect(isAllowed('8:orgid:8b5a7d2e')).toBe(true);
  expect(isAllowed('4:+19002345678', everywhere)).toBe(false);
  expect(isAllowed('48:+19002345678_x', everywhere)).toBe(false);
});

/** Countries with an example number that libphonenumber finds to be theirs; some countries share their plan with another. */
const examplesByCountry = new Map(
  getCountries().flatMap((country) => {
    const number = String(getExampleNumber(country, examples)?.number);
    return parsePhoneNumber(number)?.country === country ? [[country, number] as const] : [];
  }),
);

test('a number of any country is allowed by that country, by every country and by a prefix, and by no other country', () => {
  expect(examplesByCountry.size).toBeGreaterThan(200);
  const countries = [...examplesByCountry.keys()];
  fc.assert(
    fc.property(fc.constantFrom(...examplesByCountry), fc.constantFrom(...countries), ([country, number], other) => {
      expect(isAllowed(number, country)).toBe(true);
      expect(isAllowed(number, everywhere)).toBe(true);
      expect(isAllowed(number, number.slice(0, 4))).toBe(true);
      expect(isAllowed(number, other)).toBe(country === other);
      expect(isAllowed(number)).toBe(false);
    }),
  );
});

test('no list without a prefix lets a costly range pass, whatever digits follow', () => {
  const countries = [everywhere, ...getCountries()];
  fc.assert(
    fc.property(
      fc.constantFrom('+1900', '+881', '+882', '+870', '+979'),
      fc.stringMatching(/^\d{5,9}$/),
      (range, rest) => {
        expect(isAllowed(range + rest, ...countries)).toBe(false);
        expect(isAllowed(range + rest, ...countries, range)).toBe(true);
      },
    ),
  );
});

test('a destination is a country, a prefix or everywhere', () => {
  expect(['US', '+1', '+1425', '*'].map(isDestination)).toEqual([true, true, true, true]);
  expect(['us', 'XX', '1425', '+', '+0', '', '**'].filter(isDestination)).toEqual([]);
});
