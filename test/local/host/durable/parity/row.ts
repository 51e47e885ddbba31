/** What a row of the likeness with Azure is made of, and what it may do to a host. */

import type { Answer, Api } from '../../../../support/api.ts';
import type { DurableApi } from '../support.ts';

export interface Row {
  /** One sentence; a row with `here` is found by it in docs/host-differences.md. */
  readonly what: string;
  /** Where Azure's code does it; classes are those of the Durable extension unless another package is named. */
  readonly source: string;
  readonly act: (host: DurableApi) => Promise<unknown>;
  /** What a host with Azure's own extension does. */
  readonly expected: unknown;
  /** What the embedded host does instead, on purpose. */
  readonly here?: unknown;
}

/** Status, type and body of an answer. */
export async function brief(
  asked: ReturnType<Api>,
): Promise<Pick<Answer, 'status' | 'body'> & { type: string | null }> {
  const { status, headers, body } = await asked;
  return { status, type: headers.get('content-type'), body };
}

/** The statuses of answers, asked for one after the other. */
export async function statuses(...requests: (() => ReturnType<Api>)[]): Promise<number[]> {
  const seen: number[] = [];
  for (const request of requests) {
    seen.push((await request()).status);
  }
  return seen;
}

let count = 0;
const run = Date.now().toString(36);

/** An instance id that no other row has. */
export function newId(): string {
  count += 1;
  return `p${run}-${count}`;
}

export const empty = (status: number) => ({ status, type: null, body: '' });
export const json = (status: number, body: unknown) => ({ status, type: 'application/json; charset=utf-8', body });
