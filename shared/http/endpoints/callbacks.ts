/** The webhook of ACS: verify, take each event by itself, answer 200. */
import { receiveCallback } from '../../ledger/events/receive.ts';
import { recover } from '../../sequences/runtime/recovery.ts';
import type { Handler } from '../handler.ts';
import { pathParameter } from '../path.ts';
import { readJson } from '../read-body.ts';

/** POST /callbacks/{callId} */
export const takeCallback: Handler = async (app, request) => {
  const { ledger, sequences, recovery, woken, verifyCallback } = app;
  await verifyCallback(request.headers.get('authorization'));
  const body = await readJson(request);
  await receiveCallback(ledger, pathParameter(request, 'callId'), Array.isArray(body) ? body : [body]);
  await recover(ledger, sequences, recovery, woken);
  return { status: 200 };
};
