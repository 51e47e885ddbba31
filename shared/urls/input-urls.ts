/** Checks every URL of an input that ACS is handed, in requests, rules and sequences alike. */
import type * as z from 'zod';
import type { FieldError } from '../errors.ts';
import { type UrlUse, urlsIn } from '../operations/fields/urls.ts';
import type { UrlPolicies } from './settings.ts';
import { type Scheme, urlError } from './url-policy.ts';

const schemeOf: Readonly<Record<UrlUse, Scheme>> = { file: 'https', stream: 'wss', speak: 'https', record: 'https' };

/** The URLs that the policies do not allow. One that several variants of a schema have in common is reported once. */
export function inputUrlErrors(policies: UrlPolicies, schema: z.core.$ZodType, input: unknown): readonly FieldError[] {
  const errors = new Map<string, FieldError>();
  for (const { path, url, use } of urlsIn(schema, input)) {
    const message = urlError(url, policies[use], schemeOf[use]);
    if (message !== undefined) {
      errors.set(path, { path, message });
    }
  }
  return [...errors.values()];
}
