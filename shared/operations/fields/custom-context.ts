/** The custom context that a request hands to the target of a call, with the limits of ACS (ACS-D25). */
import * as z from 'zod';
import { sipHeaderName } from '../../acs/wire/custom-context.ts';
import { isUserToUser } from '../../calls/custom-context.ts';

const maxKeyLength = 64;
const most = { sipx: 5, sipuui: 1, voip: 1000 } as const;

const sipKey = z
  .string()
  .min(1)
  .regex(/^[A-Za-z0-9.!%*_+~-]+$/, 'ACS takes letters, digits and . ! % * _ + ~ - in a SIP header key')
  .refine(
    (key) => wireName(key).length <= maxKeyLength,
    `at most ${maxKeyLength} characters with the prefix X-MS-Custom-`,
  );

const sipValue = z
  .string()
  .max(256)
  .regex(/^[A-Za-z0-9=;.!%*_+~-]*$/, 'ACS takes letters, digits and = ; . ! % * _ + ~ - in the value of a SIP header');

/** What a VoIP header may consist of is not documented: anything that a text of one line may have (`characters.ts`). */
const voip = (maxLength: number) => z.string().max(maxLength);

const header = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('voip'), key: voip(maxKeyLength).min(1), value: voip(1024) }),
  z.strictObject({
    kind: z.literal('sipuui'),
    key: z
      .string()
      .refine((key) => key === '' || isUserToUser(key), 'a sipuui header has one name: leave the key out')
      .optional(),
    value: sipValue,
  }),
  z.strictObject({ kind: z.literal('sipx'), key: sipKey, value: sipValue }),
]);

/** Headers for the target: at most 5 SIP headers, one User-To-User and 1000 VoIP headers, each name once. */
export const customContext = z
  .array(header)
  .superRefine((headers, context) => {
    for (const [kind, limit] of Object.entries(most)) {
      const count = headers.filter((one) => one.kind === kind).length;
      if (count > limit) {
        context.addIssue(`at most ${limit} ${kind} header(s), got ${count}`);
      }
    }
    const names = new Set<string>();
    for (const [index, { kind, key = '' }] of headers.entries()) {
      const name = kind === 'sipx' ? wireName(key).toLowerCase() : `${kind} ${key}`;
      if (kind !== 'sipuui' && names.has(name)) {
        context.addIssue({ code: 'custom', path: [index, 'key'], message: 'expected each key once' });
      }
      names.add(name);
    }
  })
  .meta({
    id: 'CustomContext',
    description: 'Custom headers for the target: SIP User-To-User, SIP X- headers, VoIP headers',
  });

function wireName(key: string): string {
  const { prefix, name } = sipHeaderName(key);
  return `${prefix}${name}`;
}
