/** Communication identifiers: one normal form for every way in which a client may write an id. */

import * as z from 'zod';

const KINDS = [
  'unknown',
  'communicationUser',
  'phoneNumber',
  'microsoftTeamsUser',
  'microsoftTeamsApp',
  'teamsExtensionUser',
] as const;

/** ACS's wire form of an identifier (CommunicationIdentifierModel), complete as in its responses. */
export const identifierModel = z.strictObject({
  kind: z.enum(KINDS),
  rawId: z.string().min(1),
  communicationUser: z.strictObject({ id: z.string() }).optional(),
  phoneNumber: z
    .strictObject({ value: z.string(), isAnonymous: z.literal(true).optional(), assertedId: z.string().optional() })
    .optional(),
  microsoftTeamsUser: z.strictObject({ userId: z.string(), isAnonymous: z.boolean(), cloud: z.string() }).optional(),
  microsoftTeamsApp: z.strictObject({ appId: z.string(), cloud: z.string() }).optional(),
  teamsExtensionUser: z
    .strictObject({ userId: z.string(), tenantId: z.string(), resourceId: z.string(), cloud: z.string() })
    .optional(),
});

export type Identifier = z.output<typeof identifierModel>;

const cloud = z.string().optional();
const E164 = /^\+[1-9]\d{1,14}$/;
const E164_MEANING = 'must be in E.164 form, e.g. +14255550123';
const phoneNumber = z.object({ value: z.string().regex(E164, E164_MEANING) });

/** The same as requests write it: `kind` may be absent, in any case, and one property or `rawId` says who it is. */
export const anyIdentifier = z
  .object({
    kind: z.string().optional(),
    rawId: z.string().min(1).optional(),
    communicationUser: z.object({ id: z.string().min(1) }).optional(),
    phoneNumber: z.object({ value: z.string().min(1) }).optional(),
    microsoftTeamsUser: z.object({ userId: z.string(), isAnonymous: z.boolean().optional(), cloud }).optional(),
    microsoftTeamsApp: z.object({ appId: z.string(), cloud }).optional(),
    teamsExtensionUser: z
      .object({ userId: z.string(), tenantId: z.string(), resourceId: z.string(), cloud })
      .optional(),
  })
  .transform(({ kind, rawId, ...properties }, context): Identifier => {
    const named = KINDS.filter((name) => name !== 'unknown' && properties[name] !== undefined);
    const wanted = KINDS.find((name) => name.toLowerCase() === kind?.toLowerCase());
    if (kind !== undefined && wanted === undefined) {
      context.addIssue(`kind must be one of ${KINDS.join(', ')}`);
    }
    if (named.length > 1) {
      context.addIssue(`only one of ${named.join(', ')} may be set`);
    }
    if (wanted !== undefined && wanted !== 'unknown' && named[0] !== undefined && named[0] !== wanted) {
      context.addIssue(`kind ${wanted} does not match ${named[0]}`);
    }
    const who = fromRawId(rawIdOf(properties, rawId) ?? rawId ?? '');
    if (who.rawId === '') {
      context.addIssue('needs a rawId or a property such as communicationUser or phoneNumber');
    }
    if (who.phoneNumber !== undefined && !who.phoneNumber.isAnonymous && !E164.test(who.phoneNumber.value)) {
      context.addIssue(E164_MEANING);
    }
    return who;
  });

const TEAMS: readonly string[] = ['microsoftTeamsUser', 'microsoftTeamsApp', 'teamsExtensionUser'];

/**
 * Someone in a call. Call Automation is documented not to interoperate with Microsoft Teams; the code of its refusal is
 * not documented, chosen here (400/8523).
 */
export const identifier = anyIdentifier.refine(
  ({ kind }) => !TEAMS.includes(kind),
  'names a Teams user or app, and Call Automation does not interoperate with Microsoft Teams',
);

/** Someone to be called: a number that can be dialed, or a user. */
export const callee = identifier.superRefine((who, context) => {
  if (isUndialable(who)) {
    context.addIssue('is a withheld number or an asserted one, which cannot be called');
  }
  if (who.kind === 'unknown' && who.rawId !== '') {
    context.addIssue('is of an unknown kind, which cannot be called');
  }
});

/** A phone number on its own, as `sourceCallerIdNumber` is written; becomes the identifier of the number. */
export const phoneNumberIdentifier = phoneNumber.transform(({ value }) => fromRawId(`4:${value}`));

/** A user on its own, as `source` and `answeredBy` are written. */
export const userIdentifier = z.object({ id: z.string().min(1) }).transform(({ id }) => fromRawId(id));

type Properties = Omit<z.input<typeof anyIdentifier>, 'kind' | 'rawId'>;

const CLOUD_OF_PREFIX: Record<string, string> = { orgid: 'public', gcch: 'gcch', dod: 'dod', teamsvisitor: 'public' };

function rawIdOf(
  { communicationUser, phoneNumber, ...teams }: Properties,
  given: string | undefined,
): string | undefined {
  const { microsoftTeamsUser: user, microsoftTeamsApp: app, teamsExtensionUser: extension } = teams;
  const prefix = (cloudName = 'public'): string => (cloudName.toLowerCase() === 'public' ? 'orgid' : cloudName);
  if (communicationUser !== undefined) {
    return communicationUser.id;
  }
  if (phoneNumber !== undefined) {
    const rawId = `4:${phoneNumber.value}`;
    // An asserted id is in the raw id only.
    return given?.startsWith(`${rawId}_`) ? given : rawId;
  }
  if (user !== undefined) {
    return `8:${user.isAnonymous === true ? 'teamsvisitor' : prefix(user.cloud)}:${user.userId}`;
  }
  if (app !== undefined) {
    return `28:${prefix(app.cloud)}:${app.appId}`;
  }
  if (extension !== undefined) {
    return `8:acs:${extension.resourceId}_${extension.tenantId}_${extension.userId}`;
  }
  return undefined;
}

/**
 * The identifier of a raw id, or of a phone number in E.164 form. Follows the prefixes that
 * `@azure/communication-common` reads: `4:` phone, `8:acs:` user, `8:orgid:` Teams user, `28:` Teams app.
 */
export function fromRawId(id: string): Identifier {
  const rawId = id.startsWith('+') ? `4:${id}` : id;
  const [, scope = '', kind = '', rest = ''] = /^(4|8|28):(?:([\w-]+):)?(.*)$/s.exec(rawId) ?? [];
  const cloudName = CLOUD_OF_PREFIX[kind];
  if (scope === '4') {
    return { kind: 'phoneNumber', rawId, phoneNumber: phoneOf(rest) };
  }
  if (scope === '28' && cloudName !== undefined) {
    return { kind: 'microsoftTeamsApp', rawId, microsoftTeamsApp: { appId: rest, cloud: cloudName } };
  }
  if (scope === '8' && cloudName !== undefined) {
    const isAnonymous = kind === 'teamsvisitor';
    return { kind: 'microsoftTeamsUser', rawId, microsoftTeamsUser: { userId: rest, isAnonymous, cloud: cloudName } };
  }
  const [resourceId, tenantId, userId] = rest.split('_');
  if (scope === '8' && kind === 'acs' && resourceId && tenantId && userId) {
    return { kind: 'teamsExtensionUser', rawId, teamsExtensionUser: { userId, tenantId, resourceId, cloud: 'public' } };
  }
  if (scope === '8') {
    return { kind: 'communicationUser', rawId, communicationUser: { id: rawId } };
  }
  return { kind: 'unknown', rawId };
}

/**
 * A phone number, a withheld number (`anonymous`), or one with the id that a network asserts for its caller (`+14255550123_…`). The
 * SDKs read such raw ids; how the service splits them is not documented, chosen here.
 */
function phoneOf(text: string): NonNullable<Identifier['phoneNumber']> {
  const [, value, assertedId] = /^([^_]+)_(.+)$/s.exec(text) ?? [];
  if (value !== undefined && assertedId !== undefined) {
    return { value, assertedId };
  }
  return text === 'anonymous' ? { value: text, isAnonymous: true } : { value: text };
}

/** Whether a phone withholds its number, or has an asserted one: it can be in a call, and cannot be called. */
export function isUndialable({ phoneNumber }: Identifier): boolean {
  return phoneNumber?.isAnonymous !== undefined || phoneNumber?.assertedId !== undefined;
}

/** Whether the identifier is a phone number: numbers and users fail, ring and mute differently. */
export function isPhone(identifier: Identifier): boolean {
  return identifier.kind === 'phoneNumber';
}
