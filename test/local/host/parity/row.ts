/** One thing that the real host does, and the source that says so. */

import { expect } from 'vitest';
import type { Answered, Sent } from './target.ts';

export interface Row {
  readonly does: string;
  /** A file of azure-functions-host unless it names another repository, or an issue. */
  readonly source: string;
  readonly sent: Sent;
  readonly status: number;
  /** Exactly; undefined for one that must not be there. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** A text exactly, or members of a JSON body, each exactly. */
  readonly body?: string | object;
  /** What `/api/received` returns afterwards. */
  readonly received?: unknown;
}

/** No body and no content type. */
export const bare = { headers: { 'content-type': undefined, 'content-length': '0' }, body: '' } as const;

export function expectRow(answered: Answered, { status, headers = {}, body }: Row): void {
  expect.soft(answered.status).toBe(status);
  for (const [name, value] of Object.entries(headers)) {
    expect.soft({ [name]: answered.headers[name] }).toEqual({ [name]: value });
  }
  if (typeof body === 'string') {
    expect.soft(answered.body).toBe(body);
  } else if (body !== undefined) {
    expect.soft(JSON.parse(answered.body)).toEqual(Array.isArray(body) ? body : expect.objectContaining(body));
  }
}
