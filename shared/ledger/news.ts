/** What there is to tell of a change of a call. */
import type { CallRecord } from '../calls/call.ts';
import type { RawEvent } from '../calls/event.ts';
import type { Origin } from '../calls/origin.ts';
import type { Settled } from '../calls/settlement.ts';
import { operationSettled, relayed } from '../webhooks/cloud-event.ts';
import type { News } from '../webhooks/letter.ts';

/** An event of ACS, for the webhooks and for the operation that it names. */
export function eventNews(callId: string, event: RawEvent, origin: Origin): News {
  return { event: relayed(callId, event, origin), notifyUrl: origin.notifyUrl };
}

/** An operation that settled. */
export function settledNews(callId: string, settled: Settled, origin: Origin = {}): News {
  return { event: operationSettled(callId, settled, origin), notifyUrl: origin.notifyUrl };
}

/** Operations that settled and were open before. */
export function newsOfSettled(before: CallRecord, settled: readonly Settled[]): News[] {
  return settled.map((one) => settledNews(before.callId, one, before.open[one.operationId]?.origin));
}
