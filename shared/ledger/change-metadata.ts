/** Changes the metadata of a call, also after its end. */
import type { CallRecord } from '../calls/call.ts';
import { changedMetadata, maxKeys } from '../calls/labels.ts';
import { invalidInput } from '../errors.ts';
import { changeCall } from './change-call.ts';
import type { CallWriter } from './ledger.ts';

/** The call with the change merged into its metadata. Throws the 422 of a change after which it would have too many. */
export function changeMetadata(
  ledger: CallWriter,
  callId: string,
  change: Parameters<typeof changedMetadata>[1],
): Promise<CallRecord> {
  return changeCall(ledger, callId, (call) => {
    const metadata = changedMetadata(call.metadata, change);
    if (!metadata) {
      throw invalidInput([{ path: 'metadata', message: `a call has at most ${maxKeys} keys` }]);
    }
    return { ...call, metadata };
  });
}
