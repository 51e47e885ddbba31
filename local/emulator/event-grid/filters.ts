/**
 * Event Grid's filters: by type, by subject, and by any field of an event. Source: learn.microsoft.com, "Understand
 * event filtering for Event Grid subscriptions", read on 30 November 2026.
 */

import * as z from 'zod';
import type { GridEvent } from './grid-event.ts';
import { cloudEventOf } from './grid-event.ts';

/** Service limits of a subscription. */
const MAX_FILTERS = 25;
const MAX_VALUES = 25;
const MAX_LENGTH = 512;

/** What a filter has beside its operator and its key, by what it compares with. */
const SHAPES = {
  texts: { values: z.array(z.string().max(MAX_LENGTH)).min(1) },
  numbers: { values: z.array(z.number()).min(1) },
  ranges: { values: z.array(z.tuple([z.number(), z.number()])).min(1) },
  number: { value: z.number() },
  boolean: { value: z.boolean() },
  /** The operator only looks whether there is a value. */
  nothing: {},
} as const;

interface Operator {
  readonly compares: keyof typeof SHAPES;
  /** Whether one value of an event matches one wanted value. Values of another type never do. */
  readonly matches: (value: unknown, wanted: unknown) => boolean;
  /** Whether nothing may match, where one match is enough otherwise. */
  readonly isNegative?: true;
  /** Whether an event without the field is taken. */
  readonly takesMissing?: true;
}

/** Comparisons ignore case. */
const text =
  (compare: (value: string, wanted: string) => boolean): Operator['matches'] =>
  (value, wanted) =>
    typeof value === 'string' && typeof wanted === 'string' && compare(value.toLowerCase(), wanted.toLowerCase());

const number =
  (compare: (value: number, wanted: number) => boolean): Operator['matches'] =>
  (value, wanted) =>
    typeof value === 'number' && typeof wanted === 'number' && compare(value, wanted);

const within: Operator['matches'] = (value, wanted) => {
  const [low, high] = wanted as readonly [number, number];
  return typeof value === 'number' && value >= low && value <= high;
};

const isText = text((value, wanted) => value === wanted);
const isPart = text((value, wanted) => value.includes(wanted));
const isPrefix = text((value, wanted) => value.startsWith(wanted));
const isSuffix = text((value, wanted) => value.endsWith(wanted));
const isNumber = number((value, wanted) => value === wanted);

/** All operators. For NumberNotInRange without the field the result is not documented; chosen here: as NumberNotIn. */
const OPERATORS = {
  StringIn: { compares: 'texts', matches: isText },
  StringNotIn: { compares: 'texts', matches: isText, isNegative: true, takesMissing: true },
  StringContains: { compares: 'texts', matches: isPart },
  StringNotContains: { compares: 'texts', matches: isPart, isNegative: true },
  StringBeginsWith: { compares: 'texts', matches: isPrefix },
  StringNotBeginsWith: { compares: 'texts', matches: isPrefix, isNegative: true },
  StringEndsWith: { compares: 'texts', matches: isSuffix },
  StringNotEndsWith: { compares: 'texts', matches: isSuffix, isNegative: true },
  NumberIn: { compares: 'numbers', matches: isNumber },
  NumberNotIn: { compares: 'numbers', matches: isNumber, isNegative: true, takesMissing: true },
  NumberInRange: { compares: 'ranges', matches: within },
  NumberNotInRange: { compares: 'ranges', matches: within, isNegative: true, takesMissing: true },
  NumberLessThan: { compares: 'number', matches: number((value, wanted) => value < wanted) },
  NumberLessThanOrEquals: { compares: 'number', matches: number((value, wanted) => value <= wanted) },
  NumberGreaterThan: { compares: 'number', matches: number((value, wanted) => value > wanted) },
  NumberGreaterThanOrEquals: { compares: 'number', matches: number((value, wanted) => value >= wanted) },
  BoolEquals: { compares: 'boolean', matches: (value, wanted) => value === wanted },
  IsNotNull: { compares: 'nothing', matches: () => true },
  IsNullOrUndefined: { compares: 'nothing', matches: () => true, isNegative: true, takesMissing: true },
} as const satisfies Record<string, Operator>;

export const OPERATOR_TYPES = Object.keys(OPERATORS) as readonly (keyof typeof OPERATORS)[];

/** An advanced filter; `key` is a path such as `data.to.rawId`. */
interface AdvancedFilter {
  readonly operatorType: keyof typeof OPERATORS;
  readonly key: string;
  readonly values?: readonly unknown[];
  readonly value?: unknown;
}

const [first, ...others] = OPERATOR_TYPES.map((name) =>
  z.strictObject({ operatorType: z.literal(name), key: z.string().min(1), ...SHAPES[OPERATORS[name].compares] }),
);
const advancedFilter = z.discriminatedUnion('operatorType', [first as NonNullable<typeof first>, ...others]);

export const filters = z.strictObject({
  subjectBeginsWith: z.string().optional(),
  subjectEndsWith: z.string().optional(),
  isSubjectCaseSensitive: z.boolean().optional(),
  enableAdvancedFilteringOnArrays: z.boolean().optional(),
  advancedFilters: z
    .array(advancedFilter)
    .max(MAX_FILTERS)
    .refine((all) => all.flatMap(wantedOf).length <= MAX_VALUES, `must not have more than ${MAX_VALUES} values in all`)
    .optional(),
});

type Filters = z.output<typeof filters>;

/** Whether an event passes the filters. */
export function passes(wanted: Filters, event: GridEvent): boolean {
  const { subjectBeginsWith = '', subjectEndsWith = '', advancedFilters = [] } = wanted;
  const written = (subject: string): string => (wanted.isSubjectCaseSensitive ? subject : subject.toLowerCase());
  return (
    written(event.subject).startsWith(written(subjectBeginsWith)) &&
    written(event.subject).endsWith(written(subjectEndsWith)) &&
    advancedFilters.every((filter) => matches(filter, event, wanted.enableAdvancedFilteringOnArrays === true))
  );
}

function matches(filter: AdvancedFilter, event: GridEvent, readsLists: boolean): boolean {
  const operator: Operator = OPERATORS[filter.operatorType];
  const value = valueAt({ ...cloudEventOf(event), ...event }, filter.key);
  if (value === undefined || value === null) {
    return operator.takesMissing === true;
  }
  if (operator.compares === 'nothing') {
    return operator.isNegative !== true;
  }
  if (Array.isArray(value) && !readsLists) {
    return false;
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isMatch = values.some((each) => wantedOf(filter).some((one) => operator.matches(each, one)));
  return operator.isNegative ? !isMatch : isMatch;
}

function wantedOf({ values, value }: Partial<AdvancedFilter>): readonly unknown[] {
  return values ?? (value === undefined ? [] : [value]);
}

/** The field of a path; names are in any case, and those of either schema. */
function valueAt(event: object, key: string): unknown {
  return key.split('.').reduce<unknown>((value, name) => {
    const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    return members.find(([member]) => member.toLowerCase() === name.toLowerCase())?.[1];
  }, event);
}
