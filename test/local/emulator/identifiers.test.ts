/** Identifiers: the same person is found under every way of writing them, and the SDK reads them back. */

import { createIdentifierFromRawId, getIdentifierRawId } from '@azure/communication-common';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyIdentifier, callee, fromRawId, identifier, identifierModel } from '../../../local/emulator/identifiers.ts';

const id = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
const rawId = fc.oneof(
  fc.stringMatching(/^4:\+[1-9]\d{5,14}$/),
  id.map((each) => `8:acs:${each}_${each}`),
  id.map((each) => `8:orgid:${each}`),
  id.map((each) => `8:gcch:${each}`),
  id.map((each) => `8:teamsvisitor:${each}`),
  id.map((each) => `28:orgid:${each}`),
  fc.tuple(id, id, id).map((parts) => `8:acs:${parts.join('_')}`),
);

test('a raw id keeps its kind and its meaning as the SDK understands them', () => {
  fc.assert(
    fc.property(rawId, (each) => {
      const own = fromRawId(each);
      const sdk = createIdentifierFromRawId(each);

      expect(own.kind).toBe(sdk.kind);
      expect(getIdentifierRawId(sdk)).toBe(own.rawId);
      expect(identifierModel.parse(own)).toEqual(own);
    }),
  );
});

test('an identifier read back from its own wire form is the same, with and without its kind', () => {
  fc.assert(
    fc.property(rawId, (each) => {
      const written = fromRawId(each);
      const { kind: _, rawId: __, ...property } = written;

      expect(anyIdentifier.parse(written)).toEqual(written);
      expect(anyIdentifier.parse(property)).toEqual(written);
      expect(anyIdentifier.parse({ rawId: each })).toEqual(written);
    }),
  );
});

test('a number in E.164 form is the phone with that number', () => {
  expect(fromRawId('+14255550111')).toEqual(fromRawId('4:+14255550111'));
});

const asserted = '4:+14255550111_207ffef6-9444-41fb-92ab-20eacaae2768';

test.each([
  ['4:anonymous', { value: 'anonymous', isAnonymous: true }],
  [asserted, { value: '+14255550111', assertedId: '207ffef6-9444-41fb-92ab-20eacaae2768' }],
])('%s is a phone that can be in a call and cannot be called, however an SDK writes it', (rawId, phoneNumber) => {
  const who = { kind: 'phoneNumber', rawId, phoneNumber };
  expect(fromRawId(rawId)).toEqual(who);
  for (const written of [who, { rawId }, { rawId, phoneNumber: { value: rawId.slice(2), isAnonymous: false } }]) {
    expect(identifier.parse(written)).toEqual(who);
    expect(callee.safeParse(written).error?.issues).toMatchObject([
      { message: expect.stringContaining('cannot be called') },
    ]);
  }
});

test.each(['8:orgid:a', '8:teamsvisitor:a', '28:gcch:a', '8:acs:a_b_c'])(
  '%s of Teams can neither be in a call nor be called',
  (rawId) => {
    expect(identifier.safeParse({ rawId }).error?.issues).toMatchObject([
      { message: expect.stringContaining('Microsoft Teams') },
    ]);
    expect(callee.safeParse({ rawId }).success).toBe(false);
  },
);

test('an id of unknown kind can be in a call, such as another application, and cannot be called', () => {
  expect(identifier.parse({ rawId: '28:acs:a' })).toEqual({ kind: 'unknown', rawId: '28:acs:a' });
  expect(callee.safeParse({ rawId: '28:acs:a' }).success).toBe(false);
});
