/** Writes what came of a request to ACS. */
import type { Exchange } from '../acs/exchange.ts';
import { isAnswered } from '../calls/closed.ts';
import type { Intent, Progress } from '../calls/operation-record.ts';
import { originOf } from '../calls/origin.ts';
import { AppError } from '../errors.ts';
import type { Answer, Operation } from '../operations/operation.ts';
import type { Stored } from '../storage/calls.ts';
import { measureOperation } from '../telemetry/metrics.ts';
import type { News } from '../webhooks/letter.ts';
import { commit } from './commit.ts';
import type { Ledger } from './ledger.ts';
import { eventNews, settledNews } from './news.ts';
import { indexRecordings } from './recording-target.ts';
import { type Taken, takeExchange } from './take-exchange.ts';

/** Writes what came of a request, after whatever else is being written of the call here. */
export function recordExchange(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  stored: Stored,
  exchange: Exchange<Answer>,
): Promise<Progress> {
  return ledger.turns.take(intent.callId, () => write(ledger, operation, intent, stored, exchange));
}

/**
 * Writes the exchange; when the call moved on meanwhile, into the call as it is now. An answer that has been written is
 * left as it is: a write whose acknowledgement was lost is sent again, and events may have settled the operation since.
 */
async function write(
  ledger: Ledger,
  operation: Operation,
  intent: Intent,
  first: Stored,
  exchange: Exchange<Answer>,
): Promise<Progress> {
  let stored: Stored | undefined = first;
  while (stored) {
    const written = isAnswered(stored.record, intent.operationId)
      ? await ledger.calls.readProgress(intent.callId, intent.operationId)
      : undefined;
    if (written) {
      return written;
    }
    const taken = takeExchange(stored.record, operation, intent, exchange, ledger.now());
    const { call, progress, timeline, outcome } = taken;
    const change = {
      call: { record: call, etag: stored.etag },
      progress: [intent.operationId, progress] as const,
      timeline,
    };
    await indexRecordings(ledger, stored.record, call);
    if ((await commit(ledger, change, newsOf(intent, taken))) === 'written') {
      ledger.connections.remember(call.callId, call.callConnectionId);
      if (outcome) {
        ledger.settledness.announce(intent.operationId);
        measureOperation(intent.name, outcome.status, intent.createdAt, outcome.settledAt);
      }
      return progress;
    }
    stored = await ledger.calls.readCall(intent.callId);
  }
  throw new AppError('callNotFound', 'The call was deleted while the operation ran.', {
    operationId: intent.operationId,
  });
}

/** The events that came before the answer, and how the operation ended, if it has. */
function newsOf(intent: Intent, { held, outcome }: Taken): News[] {
  const { callId, operationId, name } = intent;
  const origin = originOf(intent);
  return [
    ...held.map((event) => eventNews(callId, event, origin)),
    ...(outcome ? [settledNews(callId, { operationId, name, outcome }, origin)] : []),
  ];
}
