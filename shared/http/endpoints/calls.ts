/** The reads of calls: from the ledger, and live from ACS. */
import * as z from 'zod';
import { type CallRecord, callStatuses, incomingCallStatuses, toCall, toIncomingCall } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readContinuousDtmf } from '../../ledger/reads/digits.ts';
import { findCall, findCallOrIncoming, findLiveCall } from '../../ledger/reads/live.ts';
import { readOperation } from '../../ledger/reads/read.ts';
import { participant } from '../../operations/fields/fields.ts';
import { type Handler, json } from '../handler.ts';
import { fillPage, pageOf } from '../page.ts';
import { pathParameter } from '../path.ts';
import { noQuery, pageParameters, readQuery } from '../query.ts';

const callQuery = z.strictObject({ ...pageParameters, status: z.enum(callStatuses).optional() });
const incomingQuery = z.strictObject({ ...pageParameters, status: z.enum(incomingCallStatuses).optional() });
const dtmfQuery = z.strictObject({ participant });
const pageQuery = z.strictObject(pageParameters);

/** GET /calls */
export const listCalls: Handler = async ({ ledger }, request) => {
  const { status, limit, cursor } = readQuery(request, callQuery);
  const wanted = (record: CallRecord) => {
    const call = toCall(record);
    return call && (status === undefined || call.status === status) ? call : undefined;
  };
  return json(await listFromIndex(ledger, 'recent', limit, cursor, wanted));
};

/** GET /incoming-calls */
export const listIncomingCalls: Handler = async ({ ledger }, request) => {
  const { status, limit, cursor } = readQuery(request, incomingQuery);
  const wanted = (record: CallRecord) => {
    const incoming = toIncomingCall(record, ledger.now(), ledger.ringWindowSeconds);
    return incoming && (status === undefined || incoming.status === status) ? incoming : undefined;
  };
  return json(await listFromIndex(ledger, 'incoming', limit, cursor, wanted));
};

/** GET /calls/{callId} */
export const getCall: Handler = async ({ ledger }, request) => {
  const call = await findCall(ledger, pathParameter(request, 'callId'));
  readQuery(request, noQuery);
  return json(toCall(call));
};

/** GET /incoming-calls/{incomingCallId} */
export const getIncomingCall: Handler = async ({ ledger }, request) => {
  const stored = await ledger.calls.readCall(pathParameter(request, 'incomingCallId'));
  const incoming = stored && toIncomingCall(stored.record, ledger.now(), ledger.ringWindowSeconds);
  if (!incoming) {
    throw new AppError('incomingCallNotFound', 'No incoming call has this id.');
  }
  readQuery(request, noQuery);
  return json(incoming);
};

/** GET /calls/{callId}/timeline, of a call that only rang too: it says why it was left alone. */
export const getTimeline: Handler = async ({ ledger }, request) => {
  const { callId } = await findCallOrIncoming(ledger, pathParameter(request, 'callId'));
  const { limit, cursor } = readQuery(request, pageQuery);
  return json(await ledger.calls.readTimeline(callId, limit, cursor));
};

/** GET /calls/{callId}/properties */
export const getProperties: Handler = async ({ ledger }, request) => {
  const call = await findLiveCall(ledger, pathParameter(request, 'callId'));
  readQuery(request, noQuery);
  return json(await call.properties());
};

/** GET /calls/{callId}/participants */
export const listParticipants: Handler = async ({ ledger }, request) => {
  const call = await findLiveCall(ledger, pathParameter(request, 'callId'));
  const { limit, cursor } = readQuery(request, pageQuery);
  return json(pageOf(await call.participants(), limit, cursor));
};

/** GET /calls/{callId}/participants/{participant} */
export const getParticipant: Handler = async ({ ledger }, request) => {
  const call = await findLiveCall(ledger, pathParameter(request, 'callId'));
  readQuery(request, noQuery);
  return json(await call.participant(pathParameter(request, 'participant')));
};

/** GET /calls/{callId}/media/continuous-dtmf */
export const getContinuousDtmf: Handler = async ({ ledger }, request) => {
  const call = await findCall(ledger, pathParameter(request, 'callId'));
  const { participant: one } = readQuery(request, dtmfQuery);
  return json(await readContinuousDtmf(ledger, call, one));
};

/** GET /operations/{operationId} */
export const getOperation: Handler = async ({ ledger }, request) => {
  const operation = await readOperation(ledger, pathParameter(request, 'operationId'));
  readQuery(request, noQuery);
  return json(operation);
};

/** Fills a page of calls from the index. */
function listFromIndex<T>(
  { index, calls }: Pick<Ledger, 'calls' | 'index'>,
  kind: 'recent' | 'incoming',
  limit: number,
  from: string | undefined,
  wanted: (record: CallRecord) => T | undefined,
) {
  const read = async ({ callId }: { callId: string }) => {
    const stored = await calls.readCall(callId);
    return stored && wanted(stored.record);
  };
  return fillPage((count, cursor) => index.list(kind, count, cursor), read, limit, from);
}
