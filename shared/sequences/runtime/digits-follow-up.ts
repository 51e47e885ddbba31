/**
 * Sends the digits of an operation once the called party has answered, by a sequence of its own. It is stored before ACS is
 * asked to call, so no crash loses the digits, and its step has an operation with a derived id, so none sends them twice.
 */

import type { Intent } from '../../calls/operation-life/operation-record.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { DigitsToSend } from '../../operations/fields/dial-string.ts';
import type { Sequences } from './sequences.ts';
import { beginSequence } from './start.ts';

/** Starts the sequence; one that exists is left as it is. */
export async function sendDigitsAfter(
  ledger: Pick<Ledger, 'log' | 'now'>,
  sequences: Sequences,
  { operationId, callId, digitsSequenceId }: Intent,
  sendDigits: DigitsToSend,
): Promise<void> {
  const request = {
    callId,
    name: 'sendDigits',
    input: {},
    after: operationId,
    definition: {
      steps: [
        { id: 'digits', sendDigits },
        { result: { outcome: 'sent' }, id: 'sent' },
      ],
    },
  };
  await beginSequence(ledger, sequences, request, { operationId }, digitsSequenceId);
}
