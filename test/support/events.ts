/** Events of ACS as a test makes them up, sent to the app as ACS sends them. */
import { randomUUID } from 'node:crypto';
import type { Answer } from './api.ts';
import type { Switchboard } from './switchboard.ts';

export type CloudEvent = Readonly<Record<string, unknown>> & { readonly id: string };

/** A CloudEvent of this kind with a new id. */
export function cloudEvent(kind: string, data: object = {}, over: object = {}): CloudEvent {
  const source = `calling/callConnections/${randomUUID()}`;
  const type = `Microsoft.Communication.${kind}`;
  const time = '2026-01-01T12:00:00.0000000+00:00';
  return { id: randomUUID(), source, subject: source, type, time, specversion: '1.0', data, ...over };
}

/** A client of the callback of a call. ACS signs a token for each delivery: one is valid for minutes only. */
export function callbackOf({ api, emulator }: Switchboard): (callId: string, body: unknown) => Promise<Answer> {
  return async (callId, body) => {
    const { token } = (await emulator.control.post('token', {})) as { token: string };
    return api('POST', `callbacks/${callId}`, body, { authorization: `Bearer ${token}` });
  };
}

/** The ids of the events in the timeline of a call. */
export async function eventIdsOf({ api }: Switchboard, callId: string): Promise<string[]> {
  const { body } = await api('GET', `calls/${callId}/timeline?limit=200`);
  const items: readonly { eventId?: string }[] = body.items;
  return items.flatMap(({ eventId }) => eventId ?? []);
}
