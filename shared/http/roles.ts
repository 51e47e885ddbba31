/** The application roles of the API: each endpoint names those of which a caller needs one. */

import * as z from 'zod';

/** What each role lets a caller do. */
export const roles = {
  'Calls.Read': 'Read calls, operations, sequences and routing rules',
  'Calls.Operate': 'Make calls, act on them, and run sequences',
  'Recordings.Read': 'Read recordings and their files',
  'Recordings.Delete': 'Delete recordings',
  'Routing.Write': 'Read and change routing rules',
  'Webhooks.Write': 'Read, change and test webhooks, and read and resend their messages, which name people',
  'People.See': 'See the numbers, names, digits and words of people, which are masked otherwise',
  Admin: 'Administer: limits, erasures, API keys and the audit trail; includes every role but `People.See`',
} as const;

export type Role = keyof typeof roles;

const names = Object.keys(roles) as [Role, ...Role[]];

export const roleSchema = z.enum(names).meta({ id: 'Role' });

/** The roles of the API among those of a token, which may have others. */
export function rolesAmong(claimed: unknown): readonly Role[] {
  return Array.isArray(claimed) ? names.filter((role) => claimed.includes(role)) : [];
}
