import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toExport, withTokens } from '../../../shared/calls/export.ts';
import type { Operation } from '../../../shared/calls/operation-life/operation-record.ts';

const at = '2026-01-01T12:00:00.000Z';
const operationId = '00000000-0000-4000-8000-000000000001';
const number = fc.integer({ min: 1_000_000, max: 99_999_999_999 }).map((digits) => `+${digits}`);
const prefix = fc.constantFrom('8:acs:', '8:orgid:', '8:gcch-acs:', '8:dod-acs:', '28:orgid:');
const user = fc.tuple(prefix, fc.uuid()).map(([start, id]) => `${start}${id}_${id.slice(0, 8)}`);
const people = fc.uniqueArray(fc.oneof(number, user), { minLength: 1, maxLength: 6 });

test('each person is one token wherever it is named, different people are different tokens, and the form stays', () => {
  fc.assert(
    fc.property(people, (all) => {
      const named = { who: all, in: { text: all.map((one) => `call ${one} now`), raw: all.map((one) => `4:${one}`) } };
      const { who, in: inside } = withTokens(named) as typeof named;
      expect(new Set(who).size).toBe(all.length);
      expect(inside.text).toEqual(who.map((one) => `call ${one} now`));
      expect(inside.raw).toEqual(who.map((one) => `4:${one}`));
      who.forEach((token, index) => {
        const [start = ''] = all[index]?.split(/(?<=:.+:)/) ?? [];
        expect(token).toMatch(start.startsWith('+') ? /^\+999\d{8}$/ : new RegExp(`^${start}person-\\d+$`));
      });
    }),
  );
});

const operation = {
  operationId,
  name: 'recognize',
  input: { participant: '+14255550123', prompt: { text: 'Your PIN, Ada?' } },
  result: { tones: ['one', 'two'], speech: { speech: 'Ada' }, recordingId: 'r' },
} as unknown as Operation;

const story = {
  call: { from: '+14255550100', to: ['+14255550123'], metadata: { ticket: 'Ada' }, context: 'Ada' },
  entries: [
    { entry: { at, kind: 'requested', operationId } as const },
    {
      entry: { at, kind: 'event', event: 'RecognizeCompleted', eventId: 'e' } as const,
      raw: {
        id: 'e',
        at,
        type: 'Microsoft.Communication.RecognizeCompleted',
        data: { dtmfResult: { tones: ['one'] } },
      },
    },
    { entry: { at, kind: 'sent', operationId } as const },
    { entry: { at, kind: 'settled', operationId } as const },
  ],
  operations: new Map([[operationId, operation]]),
  isCut: false,
};

test('in clear the file holds everything as it was', () => {
  const { people: shown, call, entries } = toExport(story, 'clear');
  expect({ shown, call }).toEqual({ shown: 'clear', call: story.call });
  expect(entries).toMatchObject([
    { input: operation.input },
    { data: { dtmfResult: { tones: ['one'] } } },
    { result: { tones: ['one', 'two'] } },
    { result: { tones: ['one', 'two'] } },
  ]);
});

test('with tokens it holds no number, name, digit or word', () => {
  const file = toExport(story, 'tokens');
  expect(JSON.stringify(file)).not.toMatch(/4255550|Ada|PIN|one"/);
  expect(file.entries).toMatchObject([
    { input: { participant: '+99900000002' } },
    { data: { dtmfResult: {} } },
    {},
    {},
  ]);
  expect(file.entries[2]?.result).toEqual({ recordingId: 'r' });
});
