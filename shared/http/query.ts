/** Query parameters, validated like bodies: every fault at once, unknown ones included. */
import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';
import { parseInput } from '../operations/parse-input.ts';

const defaultLimit = 50;
const maxLimit = 200;

/** The parameters of a list, besides its own filters. */
export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(maxLimit).default(defaultLimit),
  cursor: z.string().max(1024).optional(),
};

/** The query of what takes no parameters. */
export const noQuery = z.strictObject({});

/** Function keys may come as the query parameter `code`: that one is the host's. */
const keyParameter = 'code';

/** The parsed query. Throws the 422 of all its faults. */
export function readQuery<Schema extends z.ZodType>(request: HttpRequest, input: Schema): z.output<Schema> {
  const given = [...request.query.entries()].filter(([name]) => name !== keyParameter);
  return parseInput({ input }, Object.fromEntries(given));
}
