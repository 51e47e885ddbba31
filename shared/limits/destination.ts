/**
 * Which numbers may be dialed: those of allowed countries, and those under allowed prefixes. Ranges that cost the caller more
 * than a call (premium, shared-cost, personal, satellite) are dialed only where a prefix names them. Pure.
 */
import parsePhoneNumber, { isSupportedCountry, type NumberType } from 'libphonenumber-js/max';

/** An ISO 3166 code of a country, an E.164 prefix, or `*` for every country. */
export type Destination = string;

/** Every country. */
export const everywhere = '*';

/** Whether a text names destinations: `US`, `+1425` or `*`. */
export function isDestination(text: string): boolean {
  return text === everywhere || /^\+[1-9]\d{0,14}$/.test(text) || isSupportedCountry(text);
}

/** Why a number may not be dialed: the prefix that is refused, and the reason in words. */
export interface DestinationRefusal {
  readonly prefix: string;
  readonly reason: string;
}

/** Types of numbers that cost the caller more than a call, or that are resold for revenue. */
const costlyTypes: Readonly<Partial<Record<Exclude<NumberType, undefined>, string>>> = {
  PREMIUM_RATE: 'premium-rate',
  SHARED_COST: 'shared-cost',
  PERSONAL_NUMBER: 'personal-number',
};

/** Ranges of the ITU without a country (E.164), and the premium range of North America. */
const costlyPrefixes: readonly (readonly [prefix: string, kind: string])[] = [
  ['+1900', 'premium-rate'],
  ['+808', 'shared-cost'],
  ['+870', 'satellite'],
  ['+878', 'personal-number'],
  ['+881', 'satellite'],
  ['+882', 'satellite'],
  ['+883', 'satellite'],
  ['+979', 'premium-rate'],
];

/** Digits of the national number that name a range. */
const nationalDigits = 3;

/** Why a participant may not be dialed; undefined for one that may, and for users, who have no number. */
export function destinationRefusal(
  participant: string,
  allowed: readonly Destination[],
): DestinationRefusal | undefined {
  const number = dialedNumber(participant);
  if (number === undefined) {
    return undefined;
  }
  const costly = costlyRange(number);
  if (costly) {
    const isNamed = allowed.some((one) => number.startsWith(one) && one.length >= costly.prefix.length);
    const reason = `${costly.prefix} is a ${costly.kind} range, which is dialed only where an allowed destination names it`;
    return isNamed ? undefined : { prefix: costly.prefix, reason };
  }
  if (allowed.some((one) => one === everywhere || number.startsWith(one)) || isInCountries(number, allowed)) {
    return undefined;
  }
  const { code, countries } = originOf(number);
  const whose = countries.length === 1 ? `${code} (${countries[0]})` : `${code}, whose country cannot be determined,`;
  return { prefix: code, reason: `${whose} is not among the allowed destinations` };
}

/** The number that is dialed for a participant, whichever kind of raw id it stands in; undefined for a user. */
function dialedNumber(participant: string): string | undefined {
  return /^(?:\d{1,3}:)?(\+[1-9]\d{1,14})/.exec(participant)?.[1];
}

function isInCountries(number: string, allowed: readonly Destination[]): boolean {
  const { countries } = originOf(number);
  return countries.length > 0 && countries.every((country) => allowed.includes(country));
}

/** The calling code of a number and the countries that it may be of: +1 809 is the Dominican Republic, not the USA. */
function originOf(number: string): { readonly code: string; readonly countries: readonly string[] } {
  const parsed = parsePhoneNumber(number);
  return parsed
    ? {
        code: `+${parsed.countryCallingCode}`,
        countries: parsed.country ? [parsed.country] : parsed.getPossibleCountries(),
      }
    : { code: number.slice(0, nationalDigits + 1), countries: [] };
}

function costlyRange(number: string): { readonly prefix: string; readonly kind: string } | undefined {
  const fixed = costlyPrefixes.find(([prefix]) => number.startsWith(prefix));
  if (fixed) {
    return { prefix: fixed[0], kind: fixed[1] };
  }
  const kind = costlyKind(number);
  const { code } = originOf(number);
  return kind === undefined ? undefined : { prefix: number.slice(0, code.length + nationalDigits), kind };
}

/**
 * The kind of a costly number. A number whose type is not known is of the type of those with the same first digits: networks
 * connect a premium number although digits follow it.
 */
function costlyKind(number: string): string | undefined {
  const type = parsePhoneNumber(number)?.getType();
  return type === undefined ? alike(number).map(costlyKindOf).find(Boolean) : costlyTypes[type];
}

function costlyKindOf(number: string): string | undefined {
  const type = parsePhoneNumber(number)?.getType();
  return type && costlyTypes[type];
}

const shortestDigits = 6;
const longestDigits = 15;

/** Numbers of other lengths with the same first digits, or all of them. */
function alike(number: string): string[] {
  const shorter = Array.from({ length: Math.max(0, number.length - 1 - shortestDigits) }, (_, cut) =>
    number.slice(0, -1 - cut),
  );
  const longer = Array.from({ length: longestDigits + 1 - number.length }, (_, more) =>
    [...'0123456789'].map((digit) => number + digit.repeat(more + 1)),
  );
  return [...shorter, ...longer.flat()];
}
