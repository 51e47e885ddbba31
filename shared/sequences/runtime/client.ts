/** Reaches Durable Functions: starts, wakes and removes the orchestrations of sequences. */
import type { InvocationContext } from '@azure/functions';
import { getClient, input, OrchestrationRuntimeStatus } from 'durable-functions';
import { errorName } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Log } from '../../log.ts';
import { inStorageTime } from '../../storage-time.ts';
import { durableNames } from './orchestration.ts';
import type { OrchestrationState, SequenceClient } from './sequences.ts';

/** The input that a trigger declares to get a client. */
export const durableInput = input.durableClient();

const { ContinuedAsNew, Pending, Running, Terminated } = OrchestrationRuntimeStatus;
const live: readonly string[] = [ContinuedAsNew, Pending, Running, 'Suspended'];

/** Durable Functions keeps its events in storage too. An event of a call must not wait longer: the sequence looks by its timer. */
const wakeTimeoutMs = 2000;

/** The client of an invocation whose trigger declares `durableInput`. */
export function sequenceClient(context: InvocationContext): SequenceClient {
  const orchestrationState = async (sequenceId: string): Promise<OrchestrationState> => {
    // The client throws when there is no such orchestration. On an outage it throws too, and then so does the start.
    const status = await getClient(context)
      .getStatus(sequenceId)
      .catch(() => undefined);
    if (status === undefined || !live.includes(status.runtimeStatus)) {
      return status?.runtimeStatus === Terminated ? 'terminated' : 'gone';
    }
    return 'live';
  };
  return {
    orchestrationState,
    async start({ sequenceId, orchestrator: { name = durableNames.orchestrator, shown } = {} }) {
      const orchestrationInput = { sequenceId, ...(shown && { shown }) };
      const starting = inStorageTime(Number.POSITIVE_INFINITY, () =>
        getClient(context).startNew(name, { instanceId: sequenceId, input: orchestrationInput }),
      );
      // Another request may have started it in the meantime.
      await starting.catch(async (error) => {
        if ((await orchestrationState(sequenceId)) !== 'live') {
          throw error;
        }
      });
    },
    async purge(sequenceId) {
      await getClient(context).purgeInstanceHistory(sequenceId);
    },
    async wake(sequenceId) {
      await inStorageTime(wakeTimeoutMs, () => getClient(context).raiseEvent(sequenceId, durableNames.wake, {}));
    },
  };
}

/** Wakes sequences and collects their ids. A wake that fails is logged: the recheck timer of the sequence replaces it. */
export function openWake(client: Pick<SequenceClient, 'wake'>, log: Log, woken: Set<string>): Ledger['wake'] {
  return (sequenceId) => {
    woken.add(sequenceId);
    return client.wake(sequenceId).catch((error) => {
      log.sequenceNotWoken({ sequenceId, error: errorName(error) });
    });
  };
}
