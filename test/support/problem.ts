/** The one shape that every failure has. */
import { expect } from 'vitest';
import * as z from 'zod';
import type { Answer } from './api.ts';

const problemSchema = z.strictObject({
  type: z.url(),
  title: z.string().min(1),
  status: z.int().min(400).max(599),
  detail: z.string().min(1),
  code: z.string().regex(/^[a-z][A-Za-z]+$/),
  correlationId: z.uuid(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string().min(1) })).optional(),
  operationId: z.uuid().optional(),
  blockingOperationId: z.uuid().optional(),
  acsCode: z.number().optional(),
  acsSubCode: z.number().optional(),
  acsMessage: z.string().optional(),
});

/** Demands a well-formed problem: its status and code in one word, as in `404 callNotFound`, and the fields it names. */
export function problemIn(answer: Answer): { readonly problem: string; readonly fields: readonly string[] } {
  expect(answer.headers.get('content-type'), `${answer.status} ${answer.body}`).toBe('application/problem+json');
  const { type, status, code, errors = [] } = problemSchema.parse(answer.body);
  expect(type.endsWith(`/docs/problems.md#${code}`), type).toBe(true);
  expect(status).toBe(answer.status);
  return { problem: `${status} ${code}`, fields: errors.map(({ path }) => path) };
}
