/** The fields that built-in sequences share. */
import { z } from 'zod';
import { inBounds, limits } from '../limits.ts';

/** The call that a sequence works on; a routing rule gives that of the call it takes. */
export const callId = z
  .uuid()
  .toLowerCase()
  .optional()
  .meta({ description: 'The call; that of the routing rule if one starts it' });

/** A duration of a step. */
export const duration = z
  .string()
  .refine(inBounds, `expected an ISO 8601 duration of at most ${limits.hours} h, such as PT20S`)
  .meta({ description: 'ISO 8601 duration', example: 'PT20S' });
