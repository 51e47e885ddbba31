/** The webhook of ACS: verify, take each event by itself, answer 200. */
import { receiveCallback } from '../ledger/receive.ts';
import type { Answerer } from './handler.ts';
import { pathParameter } from './path.ts';
import { readJson } from './read-body.ts';

/** POST /callbacks/{callId} */
export const takeCallback: Answerer = async ({ ledger, verifyCallback }, request) => {
  await verifyCallback(request.headers.get('authorization'));
  const body = await readJson(request);
  await receiveCallback(ledger, pathParameter(request, 'callId'), Array.isArray(body) ? body : [body]);
  return { status: 200 };
};
