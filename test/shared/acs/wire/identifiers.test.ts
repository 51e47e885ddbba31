import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalParticipant,
  fromIdentifier,
  isDialable,
  isTelephone,
  kindOf,
  numberOf,
  toIdentifier,
  toInvitee,
} from '../../../../shared/acs/wire/identifiers.ts';

test.each([
  ['+14255550123', '+14255550123'],
  ['4:+14255550123', '+14255550123'],
  ['8:acs:1_2', '8:acs:1_2'],
  ['28:orgid:x', '28:orgid:x'],
  ['+1425', undefined],
  ['4:14255550123', '4:14255550123'],
  ['4:anonymous', '4:anonymous'],
  ['4:+14255550123_207ffef6-9444-41fb-92ab-20eacaae2768', '4:+14255550123_207ffef6-9444-41fb-92ab-20eacaae2768'],
  ['8:', undefined],
  ['8:a b', undefined],
  ['8:a\u0000b', undefined],
  ['8:a\ud800', undefined],
  ['someone', undefined],
  ['', undefined],
])('"%s" is spelled %s', (text, canonical) => {
  expect(canonicalParticipant(text)).toBe(canonical);
});

test.each(['+14255550123', '4:anonymous', '4:+14255550123_x', '8:acs:1_2', '8:orgid:1', '28:acs:1', '99:later'])(
  '%s goes to the SDK and comes back',
  (participant) => {
    expect(fromIdentifier(toIdentifier(participant))).toBe(participant);
  },
);

test('a raw id of a kind that the SDK does not know is invited as what it is, not as a user', () => {
  expect(toInvitee('99:later')).toEqual({ kind: 'unknown', id: '99:later' });
  expect(toInvitee('8:acs:1_2')).toMatchObject({ communicationUserId: '8:acs:1_2' });
});

test.each([
  ['+14255550123', 'phoneNumber', '+14255550123', true, true],
  ['4:anonymous', 'phoneNumber', undefined, true, false],
  ['4:+14255550123_x', 'phoneNumber', '+14255550123', true, false],
  ['8:acs:1_2', 'communicationUser', undefined, false, true],
  ['8:acs:1_2_3', 'teamsExtensionUser', undefined, false, true],
  ['8:orgid:1', 'microsoftTeamsUser', undefined, false, true],
  ['28:orgid:1', 'microsoftTeamsApp', undefined, false, true],
  ['28:acs:1', 'unknown', undefined, false, true],
])('%s is a %s with the number %s: on the telephone network %s, to be dialed %s', (one, kind, number, tel, dial) => {
  expect([kindOf(one), numberOf(one), isTelephone(one), isDialable(one)]).toEqual([kind, number, tel, dial]);
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
