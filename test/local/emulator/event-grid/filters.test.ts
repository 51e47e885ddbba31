/** Event Grid's operators, one by one, for values, lists and fields that are not there. */

import { expect, test } from 'vitest';
import { filters, OPERATOR_TYPES, passes } from '../../../../local/emulator/event-grid/filters.ts';
import type { GridEvent } from '../../../../local/emulator/event-grid/grid-event.ts';

const event: GridEvent = {
  id: 'one',
  topic: '/topic',
  subject: '/Caller/4:+14255550111/Recipient',
  data: {
    from: { rawId: '4:+14255550111', kind: 'phoneNumber' },
    name: 'Anna',
    count: 5,
    isTwoParty: true,
    nothing: null,
    names: ['Anna', 'Bob', 7],
    counts: [1, 5],
  },
  eventType: 'Microsoft.Communication.IncomingCall',
  dataVersion: '1.0',
  metadataVersion: '1',
  eventTime: '2026-01-01T00:00:00.000Z',
};

const taken = (filter: object, more: object = {}) =>
  passes(filters.parse({ ...more, advancedFilters: [filter] }), event);

interface Case {
  /** What takes the event, and what does not, by the member of the filter. */
  readonly takes: object;
  readonly refuses: object;
  readonly key: string;
  readonly missing: boolean;
}

const ofName = (takes: string[], refuses: string[], missing = false): Case => ({
  key: 'data.name',
  takes: { values: takes },
  refuses: { values: refuses },
  missing,
});
const ofCount = (takes: object, refuses: object, missing = false): Case => ({
  key: 'data.count',
  takes,
  refuses,
  missing,
});

const cases: Record<(typeof OPERATOR_TYPES)[number], Case> = {
  StringIn: ofName(['bob', 'anna'], ['ann']),
  StringNotIn: ofName(['ann'], ['bob', 'anna'], true),
  StringContains: ofName(['x', 'NN'], ['x']),
  StringNotContains: ofName(['x', 'y'], ['x', 'nn']),
  StringBeginsWith: ofName(['x', 'aN'], ['nna']),
  StringNotBeginsWith: ofName(['nna'], ['x', 'an']),
  StringEndsWith: ofName(['x', 'NA'], ['ann']),
  StringNotEndsWith: ofName(['ann'], ['x', 'na']),
  NumberIn: ofCount({ values: [1, 5] }, { values: [4] }),
  NumberNotIn: ofCount({ values: [4] }, { values: [1, 5] }, true),
  NumberInRange: ofCount(
    {
      values: [
        [10, 20],
        [5, 5],
      ],
    },
    { values: [[5.1, 9]] },
  ),
  NumberNotInRange: ofCount(
    { values: [[5.1, 9]] },
    {
      values: [
        [10, 20],
        [1, 5],
      ],
    },
    true,
  ),
  NumberLessThan: ofCount({ value: 5.5 }, { value: 5 }),
  NumberLessThanOrEquals: ofCount({ value: 5 }, { value: 4 }),
  NumberGreaterThan: ofCount({ value: 4 }, { value: 5 }),
  NumberGreaterThanOrEquals: ofCount({ value: 5 }, { value: 6 }),
  BoolEquals: { key: 'data.isTwoParty', takes: { value: true }, refuses: { value: false }, missing: false },
  IsNotNull: { key: 'data.name', takes: {}, refuses: { key: 'data.nothing' }, missing: false },
  IsNullOrUndefined: { key: 'data.nothing', takes: {}, refuses: { key: 'data.names' }, missing: true },
};

test.for(OPERATOR_TYPES)(
  '%s takes what it means, ignoring case, and knows a field that is not there',
  (operatorType) => {
    const { key, takes, refuses, missing } = cases[operatorType];
    const upper = key.toUpperCase();

    expect(taken({ operatorType, key, ...takes })).toBe(true);
    expect(taken({ operatorType, key: upper, ...takes })).toBe(true);
    expect(taken({ operatorType, key, ...refuses })).toBe(false);
    expect(taken({ operatorType, ...takes, key: 'data.elsewhere.deep' })).toBe(missing);
  },
);

test.for([
  ['StringIn', 'names', ['bob'], true],
  ['StringIn', 'names', ['cleo'], false],
  ['StringNotIn', 'names', ['cleo'], true],
  ['StringNotIn', 'names', ['cleo', 'bob'], false],
  ['NumberIn', 'counts', [5], true],
  ['NumberNotInRange', 'counts', [[4, 6]], false],
  ['NumberIn', 'names', [7], true],
] as const)('%s of the list data.%s with %o is %s where lists are enabled', ([operatorType, name, values, result]) => {
  const filter = { operatorType, key: `data.${name}`, values };

  expect(taken(filter, { enableAdvancedFilteringOnArrays: true })).toBe(result);
  expect(taken(filter)).toBe(false);
});

test.for(['ID', 'Topic', 'source', 'type', 'EventType', 'SpecVersion', 'dataVersion', 'Subject', 'data.From.RAWID'])(
  'a key may be %s, in any case and of either schema',
  (key) => {
    expect(taken({ operatorType: 'IsNotNull', key })).toBe(true);
  },
);

test('several filters must all pass, and subjects are compared with regard to case where asked', () => {
  const both = [
    { operatorType: 'StringIn', key: 'data.name', values: ['Anna'] },
    { operatorType: 'NumberIn', key: 'data.count', values: [6] },
  ];
  expect(passes(filters.parse({ advancedFilters: both }), event)).toBe(false);
  expect(passes(filters.parse({ subjectBeginsWith: '/CALLER', subjectEndsWith: 'recipient' }), event)).toBe(true);
  expect(passes(filters.parse({ subjectBeginsWith: '/CALLER', isSubjectCaseSensitive: true }), event)).toBe(false);
});

test.for([
  ['an operator that Event Grid does not have', [{ operatorType: 'StringMatches', key: 'id', values: ['a'] }]],
  ['a value of another type', [{ operatorType: 'NumberIn', key: 'id', values: ['a'] }]],
  ['values for an operator with one', [{ operatorType: 'BoolEquals', key: 'id', values: [true] }]],
  ['26 filters', Array.from({ length: 26 }, () => ({ operatorType: 'IsNotNull', key: 'id' }))],
  ['26 values', [{ operatorType: 'NumberIn', key: 'id', values: Array.from({ length: 26 }, (_, index) => index) }]],
  ['a text of 513 characters', [{ operatorType: 'StringIn', key: 'id', values: ['a'.repeat(513)] }]],
] as const)('%s is refused', ([, advancedFilters]) => {
  expect(filters.safeParse({ advancedFilters }).success).toBe(false);
});
