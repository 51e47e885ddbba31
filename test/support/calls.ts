/** The calls that tests start from: connected ones, and ones that ring at the app. */
import { randomUUID } from 'node:crypto';
import { type Api, eventually } from './api.ts';
import { nextCaller } from './incoming-calls.ts';
import type { Switchboard } from './switchboard.ts';

/** The number that the app owns. */
export const callerId = '+14255550100';
/** A participant who answers. */
export const guest = '+14255550177';

/** A connected call with these participants; its id. A busy machine may have storage answer too late: 503 is retried. */
export async function connectedCall(
  api: Api,
  targets: readonly string[] = [guest],
  options: Record<string, unknown> = {},
): Promise<string> {
  const headers = { prefer: 'wait=20', 'idempotency-key': randomUUID() };
  const { status, body } = await eventually(
    () => api('POST', 'calls', { targets, callerId, ...options }, headers),
    (answer) => answer.status !== 503,
  );
  if (status >= 300) {
    throw new Error(`not called, ${status}: ${JSON.stringify(body)}`);
  }
  const { callId } = body;
  await eventually(
    () => api('GET', `calls/${callId}`),
    (call) => call.body.status === 'connected' && call.body.participants.length >= targets.length,
  );
  return callId;
}

/** An incoming call from a number that no other call uses; its id. */
export async function ringingCall(
  { api, emulator }: Pick<Switchboard, 'api' | 'emulator'>,
  to = callerId,
): Promise<string> {
  const from = nextCaller();
  await emulator.control.post('incoming-calls', { from, to });
  const isFromHere = (item: { from: string }) => item.from === from;
  const items = await eventually(
    async () => (await api('GET', 'incoming-calls')).body.items ?? [],
    (listed) => listed.some(isFromHere),
  );
  return items.find(isFromHere).incomingCallId;
}
