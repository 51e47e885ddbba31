/** The calls that tests start from: connected ones, and ones that ring at the app. */
import { type Api, eventually } from './api.ts';
import { nextCaller } from './incoming-calls.ts';
import type { Switchboard } from './switchboard.ts';

/** The number that the app owns. */
export const callerId = '+14255550100';
/** A participant who answers. */
export const guest = '+14255550177';

/** A connected call with these participants; its id. */
export async function connectedCall(
  api: Api,
  targets: readonly string[] = [guest],
  options: Record<string, unknown> = {},
): Promise<string> {
  const { body } = await api('POST', 'calls', { targets, callerId, ...options }, { prefer: 'wait=20' });
  const { callId } = body;
  await eventually(
    () => api('GET', `calls/${callId}`),
    (call) => call.body.status === 'connected' && call.body.participants.length >= targets.length,
  );
  return callId;
}

/** An incoming call from a number that no other call uses; its id. */
export async function ringingCall({ api, emulator }: Switchboard, to = callerId): Promise<string> {
  const from = nextCaller();
  await emulator.control.post('incoming-calls', { from, to });
  const isFromHere = (item: { from: string }) => item.from === from;
  const items = await eventually(
    async () => (await api('GET', 'incoming-calls')).body.items,
    (listed) => listed.some(isFromHere),
  );
  return items.find(isFromHere).incomingCallId;
}
