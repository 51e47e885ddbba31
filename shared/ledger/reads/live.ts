/** Live reads of a call: ACS answers them, not the ledger. */
import { type Exchange, isGone } from '../../acs/client/exchange.ts';
import { readParticipant, readParticipants, readProperties } from '../../acs/wire/reading.ts';
import { acsCodesOf } from '../../calls/acs-codes.ts';
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import { toParticipant } from '../../calls/participant.ts';
import { participantOf } from '../../calls/roster.ts';
import { AppError } from '../../errors.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger } from '../ledger.ts';

/** The call. Throws the 404 of a call that is not known, or that only rings. */
export async function findCall(ledger: Pick<Ledger, 'calls'>, callId: string): Promise<CallRecord> {
  return (await findStoredCall(ledger, callId)).record;
}

/** The same with the version of its row. */
export async function findStoredCall({ calls }: Pick<Ledger, 'calls'>, callId: string): Promise<Stored> {
  const stored = await calls.readCall(callId);
  if (!stored || stored.record.status === 'ringing') {
    throw notFound();
  }
  return stored;
}

/** The call, or the incoming call. Throws the 404 of one that is not known. */
export async function findCallOrIncoming(ledger: Pick<Ledger, 'calls'>, callId: string): Promise<CallRecord> {
  const stored = await ledger.calls.readCall(callId);
  if (!stored) {
    throw notFound();
  }
  return stored.record;
}

const notFound = () => new AppError('callNotFound', 'No call has this id.');

/** The participant of an id. Throws the 404 of an id that the roster of the call does not have. */
export function participantIn(call: CallRecord, participantId: string): string {
  const participant = participantOf(call, participantId);
  if (participant === undefined) {
    throw new AppError('participantNotFound', 'The roster of the call has no participant with this id.');
  }
  return participant;
}

/** The live reads of a call. Throws 404, 410 or 409 for a call that has nothing live to read. */
export async function findLiveCall(ledger: Pick<Ledger, 'acs' | 'acsTimeoutSeconds' | 'calls'>, callId: string) {
  const { acs, acsTimeoutSeconds } = ledger;
  const call = await findCall(ledger, callId);
  if (hasEnded(call)) {
    throw new AppError('callEnded', 'The call has ended; there is nothing live to read.');
  }
  const { callConnectionId } = call;
  if (callConnectionId === undefined) {
    throw new AppError('callNotConnected', `A live read needs a call that ACS knows; this one is ${call.status}.`);
  }
  const timeout = () => AbortSignal.timeout(acsTimeoutSeconds * 1000);
  return {
    properties: async () => answerOf(await readProperties(acs, callConnectionId, timeout())),
    async participants() {
      const all = answerOf(await readParticipants(acs, callConnectionId, timeout()));
      return all.map((one) => toParticipant(call, one));
    },
    /** Throws 404 when the call never had the participant, or ACS does not find them in it now. */
    async participant(participantId: string) {
      const read = await readParticipant(acs, callConnectionId, participantIn(call, participantId), timeout());
      const found = read.kind === 'refused' && isGone(read) ? undefined : answerOf(read);
      if (!found) {
        throw new AppError('participantNotFound', 'The participant is not in the call now.');
      }
      return toParticipant(call, found);
    },
  };
}

function answerOf<T>(exchange: Exchange<T>): T {
  if (exchange.kind === 'answered') {
    return exchange.answer;
  }
  if (exchange.kind === 'silence') {
    throw new AppError('acsUnreachable', 'ACS did not respond in time. Try again.');
  }
  if (isGone(exchange)) {
    throw new AppError('callEnded', 'ACS no longer knows the call: it has ended.');
  }
  const { acsMessage, retryAfterSeconds } = exchange;
  throw new AppError('acsRefused', acsMessage, {
    ...acsCodesOf(exchange),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
