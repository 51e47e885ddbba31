/** Admits a command under the limits that are counted over all instances, or has it wait. */
import type { CallRecord } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import { type CountedLimit, mostWaiting } from '../../limits/slots.ts';
import type { Ledger } from '../ledger.ts';
import type { Accepted } from './accept.ts';
import { candidateOf } from './candidate.ts';
import type { Command } from './command.ts';
import { changeQueue } from './queue.ts';
import { wasPerformed } from './replay.ts';

/**
 * The command with its slots, or until when it may wait for them. Undefined when it was performed before: a replay takes no
 * slot. Throws the 429 of one that may not wait. Where no limit is counted nothing is read.
 */
export async function admit(
  ledger: Ledger,
  command: Command,
  operationId: string,
  accepted: Accepted,
): Promise<Accepted | undefined> {
  const candidate = await candidateOf(ledger, command.operation, accepted.input, operationId);
  if (!candidate) {
    return accepted;
  }
  if (await wasPerformed(ledger, command)) {
    return undefined;
  }
  const { reached, waiting } = await changeQueue(ledger, { entering: candidate });
  if (reached === undefined) {
    return candidate.isCall ? withSlot(accepted, 'held') : accepted;
  }
  const forSeconds = queueSeconds(accepted.input);
  if (forSeconds === undefined || waiting >= mostWaiting) {
    throw beyond(ledger, reached);
  }
  const queuedUntil = new Date(Date.parse(ledger.now()) + forSeconds * 1000).toISOString();
  return { ...withSlot(accepted, 'waiting'), queuedUntil };
}

/** The call knows that it is counted, so that its end costs nothing where no limit is. */
function withSlot(accepted: Accepted, slot: NonNullable<CallRecord['slot']>): Accepted {
  return { ...accepted, stored: { ...accepted.stored, record: { ...accepted.stored.record, slot } } };
}

function queueSeconds({ queue }: Accepted['input']): number | undefined {
  return typeof queue === 'object' && queue !== null && 'forSeconds' in queue ? Number(queue.forSeconds) : undefined;
}

/** How long a client waits before it tries again: each second has calls of its own, a call may last. */
const retryAfterSeconds: Readonly<Record<CountedLimit, number>> = {
  maxOpenCalls: 5,
  maxOpenCallsPerCallerId: 5,
  maxCallsPerSecond: 1,
};

function beyond({ limits: { known } }: Pick<Ledger, 'limits'>, limit: CountedLimit): AppError {
  return new AppError(
    'limitReached',
    `The limit ${limit} of ${known[limit]} is reached. Retry later, or give \`queue\`.`,
    {
      retryAfterSeconds: retryAfterSeconds[limit],
    },
  );
}
