import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalParticipant,
  fromIdentifier,
  toIdentifier,
  toInvitee,
} from '../../../../shared/acs/wire/identifiers.ts';

test.each([
  ['+14255550123', '+14255550123'],
  ['4:+14255550123', '+14255550123'],
  ['8:acs:1_2', '8:acs:1_2'],
  ['28:orgid:x', '28:orgid:x'],
  ['+1425', undefined],
  ['4:14255550123', undefined],
  ['4:anonymous', undefined],
  ['8:', undefined],
  ['8:a b', undefined],
  ['someone', undefined],
  ['', undefined],
])('"%s" is spelled %s', (text, canonical) => {
  expect(canonicalParticipant(text)).toBe(canonical);
});

test.each(['+14255550123', '8:acs:1_2', '8:orgid:1', '28:acs:1', '99:later'])(
  '%s goes to the SDK and comes back',
  (participant) => {
    expect(fromIdentifier(toIdentifier(participant))).toBe(participant);
  },
);

test('a raw id of a kind that the SDK does not know is invited as a user', () => {
  expect(toInvitee('99:later')).toEqual({ communicationUserId: '99:later' });
  expect(toInvitee('8:acs:1_2')).toMatchObject({ communicationUserId: '8:acs:1_2' });
});

test('a participant without a number keeps the raw id', () => {
  expect(fromIdentifier({ id: '4:anonymous' })).toBe('4:anonymous');
});

test('a spelling that is taken once is taken again as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const once = canonicalParticipant(text);
      expect(once === undefined ? undefined : canonicalParticipant(once)).toBe(once);
    }),
  );
});
