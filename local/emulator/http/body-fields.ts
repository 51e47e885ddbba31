/** Fields of request bodies that several operations share. Unknown fields are accepted, as ACS does. */

import * as z from 'zod';
import { addressProblem } from '../delivery/post.ts';

/** An enum that is read in any case, as ACS reads it. */
export function anyCase<const Value extends string>(values: readonly Value[]) {
  return z.string().transform((written, context): Value => {
    const value = values.find((each) => each.toLowerCase() === written.toLowerCase());
    if (value === undefined) {
      context.addIssue(`must be one of ${values.join(', ')}`);
    }
    return value ?? z.NEVER;
  });
}

/** A callback address; http is allowed here, while the real service takes https only. */
export const callbackUri = z.string().superRefine((uri, context) => {
  const problem = addressProblem(uri);
  if (problem !== undefined) {
    context.addIssue(problem);
  }
});

/** A locale of the speech service, which takes only those with a region (ACS-D14). */
export const locale = z
  .string()
  .max(100)
  .regex(/^[a-z]{2,3}(-[a-z]+)*-([a-z]{2}|\d{3})(-[a-z]+)*$/i, 'must be a locale with a region, e.g. en-US');

/** Part of every mid-call request: the context that its events carry, and their address. */
export const operationReference = {
  operationContext: z.string().optional(),
  operationCallbackUri: callbackUri.optional(),
};

/** The response of most mid-call operations. */
export const operationContextResponse = z.strictObject({ operationContext: z.string().optional() });
