/** Live reads of a call: ACS answers them, not the ledger. */
import { type Exchange, isGone } from '../../acs/client/exchange.ts';
import { canonicalParticipant } from '../../acs/wire/identifiers.ts';
import { readParticipant, readParticipants, readProperties } from '../../acs/wire/reading.ts';
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import type { Ledger } from '../ledger.ts';

/** The call. Throws the 404 of a call that is not known, or that only rings. */
export async function findCall(ledger: Pick<Ledger, 'calls'>, callId: string): Promise<CallRecord> {
  const record = await findCallOrIncoming(ledger, callId);
  if (record.status === 'ringing') {
    throw notFound();
  }
  return record;
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
    participants: async () => answerOf(await readParticipants(acs, callConnectionId, timeout())),
    /** Throws 404 when ACS finds no participant with that id in the call. */
    async participant(participant: string) {
      const canonical = canonicalParticipant(participant);
      const read = canonical && (await readParticipant(acs, callConnectionId, canonical, timeout()));
      const isAbsent = !read || (read.kind === 'refused' && isGone(read));
      const found = isAbsent ? undefined : answerOf(read);
      if (!found) {
        throw new AppError('participantNotFound', 'No participant of the call has this id.');
      }
      return found;
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
  const { status, code, message, retryAfterSeconds } = exchange;
  throw new AppError('acsRefused', message, {
    acsStatus: status,
    acsCode: code,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
