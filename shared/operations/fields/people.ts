/**
 * The fields that name people: `participant` is someone who is in the call, `callee` someone who is to be called. Both are
 * registered, so that rules and tests about people loop over every field of a schema instead of a list of names.
 */
import * as z from 'zod';
import { canonicalParticipant, isDialable, kindOf } from '../../acs/wire/identifiers.ts';
import type { FieldError } from '../../errors.ts';
import { fieldsWith, type Part, partsOf, valuesWith } from './schema-parts.ts';

/** What a field's person is to the call. */
export type Role = 'inCall' | 'called';

const roles = z.registry<{ readonly role: Role }>();

/** Anyone, as rules and reads name them: nothing is asked of ACS for them. Its output is the canonical spelling. */
export const person = z
  .string({ error: ({ input }) => (Array.isArray(input) ? 'expected one person, not a list' : undefined) })
  .transform((text, context) => {
    const canonical = canonicalParticipant(text);
    if (canonical === undefined) {
      context.addIssue('expected an E.164 number such as +14255550123 or a raw id such as 8:acs:…');
      return z.NEVER;
    }
    return canonical;
  })
  .pipe(z.string())
  .meta({
    id: 'Person',
    description: 'E.164 number, or raw id such as `8:acs:…` or `4:anonymous`',
    example: '+14255550123',
  });

/** Someone in the call: a user or a telephone party, also one that withholds its number. */
export const participant = person
  .meta({
    id: 'PersonInCall',
    description:
      'Someone in the call: a `participantId` of its roster, an E.164 number, or a raw id such as `8:acs:…` or `4:anonymous`',
    example: '+14255550123',
  })
  .register(roles, { role: 'inCall' });

/** Someone in the call who is on the telephone network, and no user of ACS. */
export const telephoneParty = participant.refine(
  (one) => kindOf(one) !== 'communicationUser',
  'expected a party on the telephone network, no user',
);

/** Someone to be called: a user or a number that can be dialed. */
export const callee = person
  .refine(isDialable, 'a withheld number or an asserted one cannot be called: expected an E.164 number or a user')
  .meta({
    id: 'PersonToCall',
    description: 'Someone to be called: E.164 number, or raw id of a user `8:acs:…`',
    example: '+14255550123',
  })
  .register(roles, { role: 'called' });

/** A field that names a person: its path in the schema, with `[]` for the elements of an array. */
export interface PersonField {
  readonly path: string;
  readonly role: Role;
}

/** Every field of a schema that names a person. */
export function peopleFields(schema: z.core.$ZodType): readonly PersonField[] {
  return fieldsWith(roles, schema).map(({ path, meta: { role } }) => ({ path, role }));
}

/** The people in a value of a schema, with their JSON paths; what is of the wrong type is left to validation. */
export function peopleIn(schema: z.core.$ZodType, input: unknown): readonly FieldPerson[] {
  return valuesWith(roles, schema, input).flatMap(({ path, value, meta: { role } }) => {
    const one = typeof value === 'string' ? canonicalParticipant(value) : undefined;
    return one === undefined ? [] : [{ path, role, participant: one }];
  });
}

/**
 * A value of a schema with each field of someone in the call mapped, whatever is wrong with the rest: so a participantId is
 * replaced before validation, and one of no participant is refused at its path like any other text.
 */
export function mapInCall(schema: z.core.$ZodType, value: unknown, map: (text: string) => string): unknown {
  if (roles.get(schema)?.role === 'inCall') {
    return typeof value === 'string' ? map(value) : value;
  }
  return partsOf(schema).reduce((whole, part) => mapPart(part, whole, map), value);
}

function mapPart({ name, schema }: Part, whole: unknown, map: (text: string) => string): unknown {
  if (name === '') {
    return mapInCall(schema, whole, map);
  }
  if (name === undefined) {
    return Array.isArray(whole) ? whole.map((member) => mapInCall(schema, member, map)) : whole;
  }
  const isMember = typeof whole === 'object' && whole !== null && Object.hasOwn(whole, name);
  return isMember ? { ...whole, [name]: mapInCall(schema, Object(whole)[name], map) } : whole;
}

interface FieldPerson extends PersonField {
  readonly participant: string;
}

/** The kinds of participants that Call Automation takes (ACS-D23). */
const taken: readonly string[] = ['communicationUser', 'phoneNumber'];

const notInterop =
  'ACS documents that Call Automation does not interoperate with Microsoft Teams (the note at the start of “Control ' +
  'mid-call media actions”): no Teams user or app can be called, redirected to or played to';
const unknownKind = 'this kind of participant is unknown to ACS: expected a phone number or a user (8:acs:…)';

/** The people of an input whom Call Automation does not take: Teams users and apps, and kinds that ACS does not know. */
export function notSupportedErrors(schema: z.core.$ZodType, input: unknown): readonly FieldError[] {
  return peopleIn(schema, input).flatMap(({ path, participant: one }) => {
    const kind = kindOf(one);
    const message = kind === 'unknown' ? unknownKind : notInterop;
    return taken.includes(kind) ? [] : [{ path, message, code: 'notSupported' as const }];
  });
}
