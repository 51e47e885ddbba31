import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reasonOf, reasonOfError, reasonSchema, reasons } from '../../../shared/calls/reason.ts';
import { sipReasons, statusReasons, subCodeReasons } from '../../../shared/calls/reason-codes.ts';

const bySubCode = subCodeReasons.flatMap(({ reason, code = 999, subCodes }) =>
  subCodes.map((acsSubCode) => ({ reason, acsCode: code, acsSubCode })),
);
const bySip = sipReasons.flatMap(({ reason, subCodes }) =>
  subCodes.flatMap((status) =>
    [540_000, 560_000].map((leg) => ({ reason, acsCode: status, acsSubCode: leg + status })),
  ),
);
const byStatus = statusReasons.flatMap(({ reason, subCodes }) => subCodes.map((acsCode) => ({ reason, acsCode })));

test.each([...bySubCode, ...bySip, ...byStatus])('$acsCode/$acsSubCode is $reason', ({ reason, ...codes }) => {
  expect(reasonOf(codes)).toBe(reason);
});

test.each([
  ['bySubCode', bySubCode],
  ['bySip', bySip],
  ['byStatus', byStatus],
])('no code has two reasons: %s', (_, rows: readonly { acsCode: number; acsSubCode?: number }[]) => {
  const keys = rows.map(({ acsCode, acsSubCode }) => `${acsCode}/${acsSubCode}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a sub-code counts before its code, and a code where the sub-code is not known', () => {
  expect(reasonOf({ acsCode: 404, acsSubCode: 8558 })).toBe('notFound');
  expect(reasonOf({ acsCode: 404, acsSubCode: 8522 })).toBe('notFound');
  expect(reasonOf({ acsCode: 405, acsSubCode: 8522 })).toBe('rejectedByAcs');
  expect(reasonOf({ acsCode: 603, acsSubCode: 0 })).toBe('declined');
  expect(reasonOf({ acsCode: 200, acsSubCode: 0 })).toBe('unknown');
});

test('an error without a code that has a reason has the reason of what failed', () => {
  expect(reasonOfError({ code: 'playFailed', acsCode: 400, acsSubCode: 8999 })).toBe('mediaFailed');
  expect(reasonOfError({ code: 'playFailed', acsCode: 400, acsSubCode: 8508 })).toBe('canceled');
  expect(reasonOfError({ code: 'transcriptionFailed' })).toBe('streamFailed');
  expect(reasonOfError({ code: 'acsRefused', acsCode: 500 })).toBe('acsUnavailable');
  expect(reasonOfError({ code: 'noEventInTime' })).toBe('timedOut');
  expect(reasonOfError({ code: 'outcomeUnknown' })).toBe('unknown');
});

test('each reason but unknown is that of a code, and whatever the codes are, the reason is one of the list', () => {
  const reached = [...subCodeReasons, ...sipReasons, ...statusReasons].map(({ reason }) => reason);
  expect(new Set(reached)).toEqual(new Set(Object.keys(reasons).filter((reason) => reason !== 'unknown')));
  const codes = { acsCode: fc.option(fc.integer(), { nil: undefined }), acsSubCode: fc.integer() };
  fc.assert(fc.property(fc.record(codes), (some) => reasonSchema.safeParse(reasonOf(some)).success));
});
