/**
 * The callback of ACS: verify its token, process each event by itself, answer 200. It is no endpoint of the API: ACS calls
 * it, and a field or an event that this version does not know must not be refused.
 */
import { receiveCallback } from '../../ledger/events/receive.ts';
import { recover } from '../../sequences/runtime/recovery.ts';
import type { Answer } from '../handler.ts';
import { pathParameter } from '../path.ts';
import { readJson } from '../read-body.ts';

export const callbackRoute = { method: 'POST', path: 'callbacks/{callId}' } as const;

export const receiveCallbacks: Answer = async (app, request) => {
  const { ledger, sequences, recovery, woken, verifyCallback } = app;
  await verifyCallback(request.headers.get('authorization'));
  const body = await readJson(request);
  await receiveCallback(ledger, pathParameter(request, 'callId'), Array.isArray(body) ? body : [body]);
  await recover(ledger, sequences, recovery, woken);
  return { status: 200, headers: {} };
};
