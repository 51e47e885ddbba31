/**
 * The audit trail: who changed what, who played a recording, who was shown people, and who was refused. An entry names the caller
 * and what a request was about by ids; never the people of a call. Pure.
 */
import * as z from 'zod';
import { type Caller, callerText } from '../access/caller.ts';
import { pathSchemas } from '../http/path.ts';
import { isUuid } from '../uuid.ts';

/** What a request does that the trail keeps. */
const kinds = ['change', 'recording', 'people', 'refused'] as const;

export type AuditKind = (typeof kinds)[number];

const ids = Object.fromEntries(Object.keys(pathSchemas).map((name) => [name, z.string().optional()]));

/** One entry of the trail. */
export const auditEntrySchema = z
  .object({
    auditId: z.string(),
    at: z.iso.datetime(),
    who: z.string().meta({ description: '`user:`, `app:` or `key:` and an id' }),
    name: z.string().optional(),
    kind: z.enum(kinds).meta({ description: '`people`: they were shown; `refused`: 403' }),
    what: z.string().meta({ description: 'The `operationId`' }),
    route: z.string(),
    about: z.object(ids),
    status: z.int(),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export type AuditEntry = Readonly<z.infer<typeof auditEntrySchema>>;

/** What decides of an endpoint: its method, and what it reads where that does not follow from it. */
interface Reading {
  readonly method: string;
  readonly reads?: 'recording' | 'resources';
}

/** How a request to an endpoint ended. */
interface Ended {
  readonly status: number;
  readonly hasShownPeople: boolean;
  readonly isHead: boolean;
}

/** What the trail keeps of a request to an endpoint; undefined for one that showed and changed nothing. */
export function auditKindOf(
  { method, reads }: Reading,
  { status, hasShownPeople, isHead }: Ended,
): AuditKind | undefined {
  if (status === 403) {
    return 'refused';
  }
  if (method !== 'GET' && reads === undefined) {
    return 'change';
  }
  if (status >= 400 || isHead) {
    return undefined;
  }
  if (reads === 'recording') {
    return 'recording';
  }
  return hasShownPeople ? 'people' : undefined;
}

/** A request with its answer, as an entry takes them. */
interface Request {
  readonly at: string;
  readonly caller: Caller;
  readonly kind: AuditKind;
  readonly endpoint: { readonly name: string; readonly method: string; readonly path: string };
  readonly path: Readonly<Record<string, string>>;
  readonly about: Readonly<Record<string, string>>;
  readonly status: number;
  readonly requestId: string;
}

/** The entry of a request, without its id. What a path has in place of an id may be anything, so it is left out. */
export function auditEntry(request: Request): Omit<AuditEntry, 'auditId'> {
  const { at, caller, kind, endpoint, path, about, status, requestId } = request;
  const inPath = Object.entries(path).filter(([, id]) => status < 400 || isUuid(id));
  const inAnswer = Object.entries(about).filter(([name]) => Object.hasOwn(ids, name));
  return {
    at,
    who: callerText(caller) ?? caller.kind,
    ...(caller.name !== undefined && { name: caller.name }),
    kind,
    what: endpoint.name,
    route: `${endpoint.method} /${endpoint.path}`,
    about: Object.fromEntries([...inAnswer, ...inPath]),
    status,
    requestId,
  };
}
