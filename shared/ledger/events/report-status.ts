/** Logs that a call was connected or has ended, whichever response, event or read of ACS showed it. */
import { acsCodesOf } from '../../calls/acs-codes.ts';
import type { CallRecord } from '../../calls/call.ts';
import { endingOf } from '../../calls/ending.ts';
import type { Log } from '../../log.ts';

/** Logs nothing unless the status has changed; a call that ends before it was connected is only reported as ended. */
export function reportStatus(log: Log, before: CallRecord, after: CallRecord): void {
  const { callId, status, end } = after;
  if (status === before.status) {
    return;
  }
  if (status === 'connected') {
    log.callConnected({ callId });
  }
  const ending = endingOf(after);
  if (ending) {
    log.callEnded({ callId, status, ...ending, ...acsCodesOf({ acsCode: end?.acsCode, acsSubCode: end?.acsSubCode }) });
  }
}
