/** Identifiers: the same person is found under every way of writing them, and the SDK reads them back. */

import { createIdentifierFromRawId, getIdentifierRawId } from '@azure/communication-common';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRawId, identifier, identifierModel } from '../../../local/emulator/identifiers.ts';

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

      expect(identifier.parse(written)).toEqual(written);
      expect(identifier.parse(property)).toEqual(written);
      expect(identifier.parse({ rawId: each })).toEqual(written);
    }),
  );
});

test('a number in E.164 form is the phone with that number', () => {
  expect(fromRawId('+14255550111')).toEqual(fromRawId('4:+14255550111'));
});
