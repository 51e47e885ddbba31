/** Changes a call for a reason other than a request or a callback, and retries after a write conflict. */
import type { CallRecord } from '../calls/call.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { AppError } from '../errors.ts';
import type { Stored } from '../storage/calls.ts';
import type { Notification } from '../webhooks/outbox-message.ts';
import { commit } from './commit.ts';
import { recordingNotifications } from './events/notifications.ts';
import type { CallWriter } from './ledger.ts';

/** What a change is stored with. */
interface Besides {
  readonly event?: TimelineEntry;
  readonly timeline?: readonly TimelineEntry[];
  readonly notifications?: readonly Notification[];
}

/**
 * The call after the change; a change of `undefined` writes nothing. With `event`, an event that is stored already leaves the
 * call as it is, and notifies no one again.
 */
export function changeCall(
  ledger: CallWriter,
  callId: string,
  change: (call: CallRecord) => CallRecord | undefined,
  besides: Besides = {},
): Promise<CallRecord> {
  return ledger.callQueues.run(callId, async () => {
    for (;;) {
      const stored = await ledger.calls.readCall(callId);
      if (!stored) {
        throw new AppError('callNotFound', 'No call has this id.');
      }
      const record = change(stored.record);
      if (!record) {
        return stored.record;
      }
      const written = await write(ledger, stored, record, besides);
      if (written !== 'changed') {
        return written === 'written' ? record : stored.record;
      }
    }
  });
}

function write(
  ledger: CallWriter,
  { record: before, etag }: Stored,
  record: CallRecord,
  { notifications = [], ...entries }: Besides,
) {
  const all = [...notifications, ...recordingNotifications(before, record, ledger.now())];
  return commit(ledger, { before, call: { record, etag }, ...entries }, all);
}
