/**
 * Operations that wait for a counted limit. Each has an intent that says until when, so that a crash loses none, and leaves
 * the queue by one conditional write of that intent, so that none is sent twice.
 */
import type { CallRecord } from '../../calls/call.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { errorName } from '../../errors.ts';
import type { Applied, SlotRequest } from '../../limits/open-slots.ts';
import { isCountingCalls } from '../../limits/slots.ts';
import { operationNamed } from '../../operations/index.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Ledger } from '../ledger.ts';
import { candidateOf } from './candidate.ts';
import { isQueued, takeQueued } from './lease.ts';
import { type Sent, sendTaken } from './send.ts';
import { takeover } from './takeover.ts';

/** How often an instance looks whether those that wait may go on: a limit may be free because of another instance. */
const watchMs = 1000;

/** Changes the slots, and sends behind the request what they let go. */
export async function changeQueue(ledger: Ledger, request: SlotRequest): Promise<Applied> {
  const applied = await ledger.slots.apply(request);
  const background = { ...ledger, log: ledger.backgroundLog };
  for (const operationId of applied.admitted) {
    behind(
      background,
      operationId,
      async () => void (await sendTaken(background, await takeQueued(background, operationId))),
    );
  }
  for (const operationId of applied.expired) {
    behind(background, operationId, () => expire(background, operationId));
  }
  if (applied.waiting > 0) {
    watch(background);
  }
  return applied;
}

/** Housekeeping makes up for what fails or is lost. */
function behind({ writeBehind, log }: Ledger, operationId: string, work: () => Promise<void>): void {
  writeBehind.run(`queue:${operationId}`, work, (error) => log.queuedNotSent({ operationId, error: errorName(error) }));
}

function watch(ledger: Ledger): void {
  ledger.queueTimers.start('queue', watchMs, async () => {
    await changeQueue(ledger, {}).catch((error) => {
      ledger.log.queueNotRead({ error: errorName(error) });
      watch(ledger);
    });
  });
}

/**
 * Has an operation wait whose intent is stored, or sends it where the limits let it go by now. It is safe to repeat: so
 * housekeeping continues what a crash left undone.
 */
export async function enqueue(ledger: Ledger, intent: Intent): Promise<Sent | undefined> {
  const { operationId, name, input, queuedUntil: until } = intent;
  const operation = operationNamed(name);
  const candidate = operation && (await candidateOf(ledger, operation, input, operationId));
  if (candidate && until !== undefined) {
    const { reached } = await changeQueue(ledger, { entering: { ...candidate, until } });
    if (reached !== undefined) {
      return undefined;
    }
  }
  return sendTaken(ledger, await takeQueued(ledger, operationId));
}

/** Settles an operation whose time to wait is over. */
async function expire(ledger: Ledger, operationId: string): Promise<void> {
  const intent = await ledger.calls.readIntent(operationId);
  const stored = intent && (await ledger.calls.readCall(intent.callId));
  await (stored && intent.queuedUntil !== undefined && takeover(ledger, intent, stored, 'app'));
}

/** Cancels the operation that makes a call, if it still waits. */
export async function cancelQueued(ledger: Ledger, stored: Stored): Promise<void> {
  const now = ledger.now();
  const canceled = await ledger.calls.changeIntent(stored.record.callId, (intent) =>
    isQueued(ledger, intent) ? { ...intent, canceled: true, queuedUntil: now, leaseUntil: now } : undefined,
  );
  await (canceled && takeover(ledger, canceled, stored, 'app'));
}

/** Takes the slot of a call that turned out to be live after it was given back: an event has revived the call. */
export async function holdSlot(ledger: Ledger, { callId, from }: Pick<CallRecord, 'callId' | 'from'>): Promise<void> {
  if (!isCountingCalls(await ledger.limits.current())) {
    return;
  }
  const caller = from !== undefined ? { caller: await ledger.slots.callerKey(from) } : {};
  await changeQueue(ledger, { entering: { operationId: callId, isCall: true, dials: false, isLive: true, ...caller } });
}

/** Gives back what a call that is over holds of the limits, or waits for. */
export async function freeSlot(ledger: Ledger, callId: string): Promise<void> {
  await changeQueue(ledger, { leaving: [callId] });
}
