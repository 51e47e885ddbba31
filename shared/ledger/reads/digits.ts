/** Reads the digits that ACS reported of a participant from the ledger, also of a call that is over. */
import type { CallRecord } from '../../calls/call.ts';
import {
  type ContinuousDtmf,
  contiguousTones,
  type Digit,
  inSequence,
  lastListening,
} from '../../calls/continuous-dtmf.ts';
import type { Ledger } from '../ledger.ts';

const pageSize = 1000;

/** The digits since continuous DTMF recognition was last started for the participant, in the order of their sequence. */
export async function readContinuousDtmf(
  ledger: Pick<Ledger, 'calls'>,
  call: CallRecord,
  participant: string,
): Promise<ContinuousDtmf> {
  const { operationId, status, masked } = lastListening(call, participant) ?? { status: 'none' as const };
  const isShown = operationId !== undefined && !masked;
  const digits = inSequence(isShown ? await readDigits(ledger, call.callId, operationId) : []);
  return { participant, status, ...(masked && { masked }), ...digits };
}

/** The tones of one recognition for the sequence that started it, masked ones too, up to the first that is missing. */
export async function readTones(
  ledger: Pick<Ledger, 'calls'>,
  callId: string,
  operationId: string,
): Promise<readonly string[]> {
  return contiguousTones(await readDigits(ledger, callId, operationId));
}

async function readDigits({ calls }: Pick<Ledger, 'calls'>, callId: string, operationId: string): Promise<Digit[]> {
  const kept: Digit[] = [];
  let cursor: string | undefined;
  do {
    const page = await calls.readDigits(callId, operationId, pageSize, cursor);
    kept.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return kept;
}
