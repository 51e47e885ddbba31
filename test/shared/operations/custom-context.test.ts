/** Custom context of requests: the limits of ACS, each header once, and no prefix twice. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCustomContext, toWireContext } from '../../../shared/acs/wire/custom-context.ts';
import { shownHeaders } from '../../../shared/calls/custom-context.ts';
import { characterErrors } from '../../../shared/operations/fields/characters.ts';
import { customContext } from '../../../shared/operations/fields/custom-context.ts';
import { fieldErrors } from '../../../shared/operations/parse-input.ts';

const sipx = (key: string, value = 'a') => ({ kind: 'sipx' as const, key, value });
const voip = (key: string, value = 'a') => ({ kind: 'voip' as const, key, value });
const uui = (value: string, key?: string) => ({ kind: 'sipuui' as const, value, ...(key !== undefined && { key }) });

test.each([
  [[uui('616d;encoding=hex')]],
  [[uui('a', '')]],
  [[uui('a', 'User-To-User')]],
  [[sipx('a'.repeat(52)), sipx(`X-MS-Custom-${'b'.repeat(52)}`), sipx(`x-${'c'.repeat(62)}`)]],
  [[voip('a', 'ümlaut "quoted"'), voip('A'), sipx('a')]],
])('%j is taken', (headers) => {
  expect(customContext.safeParse(headers).error?.issues ?? []).toEqual([]);
});

test.each([
  ['a control character', [uui('a\r\nVia: b')], '[0].value'],
  ['a space', [sipx('a', 'a b')], '[0].value'],
  ['a character outside ASCII', [uui('ü')], '[0].value'],
  ['a control character in a VoIP header', [voip('a', 'a\u0000b')], '[0].value'],
  ['a control character in a VoIP key', [voip('a\nb')], '[0].key'],
  ['half of a surrogate pair', [voip('a', '\ud800')], '[0].value'],
  ['a value that is too long', [sipx('a', 'a'.repeat(257))], '[0].value'],
  ['a key that is too long with its prefix', [sipx('a'.repeat(53))], '[0].key'],
  ['a key that is too long and has the prefix', [sipx(`X-MS-Custom-${'a'.repeat(53)}`)], '[0].key'],
  ['a User-To-User with a name of its own', [uui('a', 'Ticket')], '[0].key'],
  ['the same SIP key', [sipx('Ticket'), sipx('ticket')], '[1].key'],
  ['the same SIP key, once with its prefix', [sipx('Ticket'), voip('b'), sipx('x-ms-custom-TICKET')], '[2].key'],
  ['the same VoIP key', [voip('a'), voip('a', 'b')], '[1].key'],
  ['two User-To-User', [uui('a'), uui('b')], ''],
])('%s is refused', (_, headers, path) => {
  const found = [
    ...characterErrors(headers),
    ...(customContext.safeParse(headers).error?.issues ?? []).flatMap(fieldErrors),
  ];
  expect([...new Set(found.map((error) => error.path))]).toEqual([path]);
});

test('a key that has the prefix of ACS is sent as it is, by the SDK and in the body', () => {
  const keys = { Ticket: 'X-MS-Custom-Ticket', 'x-ms-custom-Ticket': 'X-MS-Custom-Ticket', 'X-Tenant': 'X-Tenant' };
  for (const [key, name] of Object.entries(keys)) {
    expect(toWireContext([sipx(key)]).sipHeaders).toEqual({ [name]: 'a' });
    const [header] = toCustomContext([sipx(key)]);
    expect(header).toMatchObject({
      key: name.replace(/^X-(MS-Custom-)?/, ''),
      sipHeaderPrefix: name.replace(/\w+$/, ''),
    });
  }
});

test('what is shown of a call that was sent with headers can be sent again, and is the same on the wire', () => {
  const key = fc.stringMatching(/^[a-z.!%*_+~]{1,20}$/);
  const value = fc.stringMatching(/^[A-Za-z0-9=;.]{0,20}$/);
  const headers = fc.tuple(
    fc.option(
      value.map((text) => uui(text)),
      { nil: undefined },
    ),
    fc.uniqueArray(key, { maxLength: 5 }).map((keys) => keys.map((one) => sipx(one))),
    fc.uniqueArray(key, { maxLength: 5 }).map((keys) => keys.map((one) => voip(one))),
  );
  fc.assert(
    fc.property(headers, ([user, sip, other]) => {
      const sent = toWireContext([...(user ? [user] : []), ...sip, ...other]);
      expect(toWireContext(customContext.parse(shownHeaders(sent)))).toEqual(sent);
    }),
  );
});
