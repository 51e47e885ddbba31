/** Reads the digits that ACS reported of a participant from the ledger, also of a call that is over. */
import type { CallRecord } from '../../calls/call.ts';
import { type ContinuousDtmf, type Digit, inSequence, lastListening } from '../../calls/continuous-dtmf.ts';
import type { Ledger } from '../ledger.ts';

const pageSize = 1000;

/** The digits since continuous DTMF recognition was last started for the participant, in the order of their sequence. */
export async function readContinuousDtmf(
  ledger: Pick<Ledger, 'calls'>,
  call: CallRecord,
  participant: string,
): Promise<ContinuousDtmf> {
  const last = lastListening(call, participant);
  const kept: Digit[] = [];
  let cursor: string | undefined;
  do {
    const page = last && (await ledger.calls.readDigits(call.callId, last.operationId, pageSize, cursor));
    kept.push(...(page?.items ?? []));
    cursor = page?.nextCursor;
  } while (cursor !== undefined);
  return { participant, status: last?.status ?? 'none', ...inSequence(kept) };
}
