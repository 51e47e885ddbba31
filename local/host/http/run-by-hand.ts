/** `POST /admin/functions/<name>`: runs a function whatever its trigger, with an input as text. */

import type { Invoke } from '../app/invocations.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ServedFunction } from '../triggers/trigger.ts';
import { readBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import { RequestError } from './request-error.ts';
import { writeStatus } from './response.ts';

const json = /^(application|text)\/([^;]+\+)?json\s*(;|$)/i;

/** 202 as soon as the function has been started (FunctionsController): how it ends, or why it cannot, is in the log. */
export async function runByHand(
  { fn, inputFromText }: ServedFunction,
  { request, response }: Exchange,
  { invoke, log }: { readonly invoke: Invoke; readonly log: Log },
): Promise<void> {
  if (!json.test(request.headers['content-type'] ?? '')) {
    throw new RequestError(415);
  }
  const text = inputIn((await readBody(request)).toString());
  try {
    if (inputFromText === undefined) {
      throw new TypeError('it is called by its own URL.');
    }
    invoke(fn, { ...inputFromText(text), reason: 'Run by hand' }).catch(() => {});
  } catch (error) {
    log('error', `Function.${fn.name}`, `Could not run "${fn.name}" by hand: ${messageOf(error)}`);
  }
  writeStatus(response, 202);
}

/** The `input` of `{"input": "…"}`, empty when there is none; throws 400 for anything else than a text. */
function inputIn(body: string): string {
  const invocation = objectIn(body);
  const input = Object.entries(invocation).find(([name]) => name.toLowerCase() === 'input')?.[1] ?? '';
  if (typeof input === 'object') {
    throw new RequestError(400);
  }
  return String(input);
}

function objectIn(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value };
    }
  } catch {
    // Refused below, as any body that is no object.
  }
  throw new RequestError(400);
}
