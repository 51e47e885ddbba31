/** The custom context of an incoming call: headers that came with it, read alike in each spelling that ACS uses for them. */
import * as z from 'zod';

/** The headers as ACS sends them, by name. */
export interface WireContext {
  readonly sipHeaders: Readonly<Record<string, string>>;
  readonly voipHeaders: Readonly<Record<string, string>>;
}

/** A header as the API shows it: the same that a request would send. */
export const customHeaderSchema = z
  .object({
    kind: z.enum(['voip', 'sipuui', 'sipx']),
    key: z
      .string()
      .meta({ description: '`User-To-User` of a sipuui header; otherwise without the prefix `X-MS-Custom-`' }),
    value: z.string(),
  })
  .meta({ id: 'CustomHeader' });

type ShownHeader = Readonly<z.infer<typeof customHeaderSchema>>;

/** The name of the header for user-to-user information (RFC 7433); Event Grid spells it `userToUser` (ACS-D24). */
export const userToUser = 'User-To-User';

/** The prefix that ACS gives to the keys of custom headers. */
const prefix = /^x-ms-custom-/i;

/** Whether the name is that of user-to-user information. */
export function isUserToUser(name: string): boolean {
  return /^user-?to-?user$/i.test(name);
}

/**
 * The identity of a header: names are compared without regard to case, as SIP does (RFC 3261, 7.3.1), and without the
 * prefixes of Microsoft's headers.
 */
export function headerId(name: string): string {
  return isUserToUser(name) ? userToUser.toLowerCase() : name.toLowerCase().replace(/^x-ms-(?:custom-)?/, '');
}

/** The headers of a call, as the API shows them. */
export function shownHeaders({ sipHeaders, voipHeaders }: WireContext): readonly ShownHeader[] {
  return [
    ...Object.entries(sipHeaders).map(
      ([name, value]): ShownHeader =>
        isUserToUser(name)
          ? { kind: 'sipuui', key: userToUser, value }
          : { kind: 'sipx', key: name.replace(prefix, ''), value },
    ),
    ...Object.entries(voipHeaders).map(([key, value]): ShownHeader => ({ kind: 'voip', key, value })),
  ];
}

/** A call's row is written with each event, so it keeps no more than this of the headers (Switchboard's choice). */
const keptCharacters = 100_000;

/** The headers that are kept of a call, in their order, SIP headers first: as many as the limit allows. */
export function keptHeaders({ sipHeaders, voipHeaders }: WireContext): WireContext {
  let left = keptCharacters;
  const kept = (headers: WireContext['sipHeaders']) =>
    Object.fromEntries(
      Object.entries(headers).filter(([name, value]) => {
        left -= name.length + value.length;
        return left >= 0;
      }),
    );
  return { sipHeaders: kept(sipHeaders), voipHeaders: kept(voipHeaders) };
}
