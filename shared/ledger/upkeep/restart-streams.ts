/**
 * Starts streams of a call again that failed, as the call's options ask for. A timer of the process does it when it is due;
 * of one that ends before, housekeeping does. Each attempt has an id derived from the failure, so that it is made once.
 */
import { derivedId } from '../../acs/wire/derived-id.ts';
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import { isSettled } from '../../calls/operation-life/operation-record.ts';
import { type DueRestart, restartRefused, restartsOf, streamNames } from '../../calls/stream.ts';
import { errorName } from '../../errors.ts';
import { streamStarts } from '../../operations/index.ts';
import { changeCall } from '../change-call.ts';
import { perform } from '../commands/perform.ts';
import type { Ledger } from '../ledger.ts';

/** Starts the timers of a call's streams that are to be started again. */
export function awaitRestarts(ledger: Ledger, call: CallRecord): void {
  const pending = pendingRestarts(call);
  for (const name of streamNames) {
    const timer = `${call.callId}/${name}`;
    ledger.restartTimers.stop(timer);
    const due = pending.find((one) => one.name === name);
    if (due) {
      const milliseconds = Math.max(0, Date.parse(due.dueAt) - Date.parse(ledger.now()));
      ledger.restartTimers.start(timer, milliseconds, () =>
        restartIfPending({ ...ledger, log: ledger.backgroundLog }, call.callId, due),
      );
    }
  }
}

/** Starts the streams again whose timer is lost. */
export async function restartOverdueStreams(ledger: Ledger, call: CallRecord): Promise<void> {
  for (const due of pendingRestarts(call).filter(({ dueAt }) => dueAt <= ledger.now())) {
    await restartIfPending(ledger, call.callId, due);
  }
}

function pendingRestarts(call: CallRecord): readonly DueRestart[] {
  return hasEnded(call) ? [] : restartsOf(call);
}

/** Starts a stream again unless its call has changed meanwhile. One that fails to is left to the next run of housekeeping. */
async function restartIfPending(ledger: Ledger, callId: string, { name, failure }: DueRestart): Promise<void> {
  try {
    const stored = await ledger.calls.readCall(callId);
    const due = stored && pendingRestarts(stored.record).find((one) => one.name === name && one.failure === failure);
    if (due) {
      await restart(ledger, callId, due);
    }
  } catch (error) {
    ledger.log.streamNotRestarted({ callId, stream: name, error: errorName(error) });
  }
}

/** An attempt that ends without an event of the stream, refused or timed out, is followed by the next. */
async function restart(ledger: Ledger, callId: string, due: DueRestart): Promise<void> {
  const { name: stream, failure } = due;
  const idempotencyKey = derivedId('restart', callId, stream, String(failure));
  const operation = streamStarts[stream];
  ledger.log.streamRestart({ callId, stream, operationId: idempotencyKey, failure });
  const requestedBy = { kind: 'switchboard' } as const;
  const command = { operation, targetId: callId, input: {}, idempotencyKey, requestedBy };
  const { operation: attempt } = await perform(ledger, command);
  if (isSettled(attempt) && attempt.settledBy !== 'event') {
    const refused = await changeCall(ledger, callId, (call) => restartRefused(call, due, ledger.now()));
    awaitRestarts(ledger, refused);
  }
}
