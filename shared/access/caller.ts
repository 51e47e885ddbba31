/** Who sends a request, and which of the API's roles they have. */
import type { Requester } from '../calls/origin.ts';
import { AppError } from '../errors.ts';
import { type Role, roles } from '../http/roles.ts';

export interface Caller {
  /** How the caller is known; in local mode, and where no credential is asked for, not at all. */
  readonly kind: 'user' | 'app' | 'key' | 'local' | 'anonymous';
  /** The object id that Entra has for a user or an app, or the id of the API key; empty for a caller who is not known. */
  readonly id: string;
  readonly name?: string;
  readonly roles: readonly Role[];
}

/** Anyone on this machine, in local mode. */
export const localCaller: Caller = { kind: 'local', id: '', roles: Object.keys(roles) as Role[] };

/** Anyone, at an endpoint that asks for no credential. */
export const anonymousCaller: Caller = { kind: 'anonymous', id: '', roles: [] };

/** Whether a caller has a role. `Admin` includes every other but `People.See`: to run a system is no reason to see people. */
export function may(caller: Caller, role: Role): boolean {
  return caller.roles.includes(role) || (role !== 'People.See' && caller.roles.includes('Admin'));
}

/** Throws the 403 of a caller who has none of the roles. */
export function requireOneOf(caller: Caller, needed: readonly Role[]): void {
  if (needed.length > 0 && !needed.some((role) => may(caller, role))) {
    throw new AppError('forbidden', `The caller needs the role ${needed.join(' or ')}, or Admin.`);
  }
}

/** The caller in one text; undefined for one who is not known. */
export function callerText({ kind, id }: Caller): string | undefined {
  return kind === 'local' || kind === 'anonymous' ? undefined : `${kind}:${id}`;
}

/** The caller as the requester of an operation; nothing for one who is not known: then that is a client of the API. */
export function requestedBy(caller: Caller): { readonly requestedBy?: Requester } {
  const id = callerText(caller);
  return id === undefined ? {} : { requestedBy: { kind: 'api', id } };
}
