/** The way to Durable Functions: starting the orchestration of a sequence, waking and removing it. */
import type { InvocationContext } from '@azure/functions';
import { getClient, input, OrchestrationRuntimeStatus } from 'durable-functions';
import { errorName } from '../../errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Log } from '../../log.ts';
import type { Plan } from '../interpreter/state.ts';
import { durableNames } from './orchestration.ts';

/** What a trigger declares to have a client. */
export const durableInput = input.durableClient();

/** An orchestration runs or will, was terminated through Durable's own API, or there is none that goes on. */
export type OrchestrationState = 'live' | 'terminated' | 'gone';

/** Starts and wakes orchestrations; the id of an orchestration is that of its sequence. */
export interface SequenceClient {
  /** Starts it, unless it runs. */
  start(plan: Pick<Plan, 'sequenceId' | 'orchestrator'>): Promise<void>;
  /** What Durable Functions says of it. */
  orchestrationState(sequenceId: string): Promise<OrchestrationState>;
  /** Removes what Durable Functions keeps of one that has ended; nothing when that is gone. */
  purge(sequenceId: string): Promise<void>;
  /** Tells it that something happened. One that has not begun will look by itself. */
  wake(sequenceId: string): Promise<void>;
}

const { ContinuedAsNew, Pending, Running, Terminated } = OrchestrationRuntimeStatus;
const live: readonly string[] = [ContinuedAsNew, Pending, Running, 'Suspended'];

/** The client of an invocation whose trigger declares `durableInput`. */
export function sequenceClient(context: InvocationContext): SequenceClient {
  // The client throws when there is no such orchestration. If it throws for another reason, so will the start.
  const life = async (sequenceId: string): Promise<OrchestrationState> => {
    const status = await getClient(context)
      .getStatus(sequenceId)
      .catch(() => undefined);
    if (status === undefined || !live.includes(status.runtimeStatus)) {
      return status?.runtimeStatus === Terminated ? 'terminated' : 'gone';
    }
    return 'live';
  };
  return {
    orchestrationState: life,
    async start({ sequenceId, orchestrator: { name = durableNames.orchestrator, shown } = {} }) {
      const input = { sequenceId, ...(shown && { shown }) };
      const starting = getClient(context).startNew(name, { instanceId: sequenceId, input });
      // Somebody else may have started it meanwhile.
      await starting.catch(async (error) => {
        if ((await life(sequenceId)) !== 'live') {
          throw error;
        }
      });
    },
    async purge(sequenceId) {
      await getClient(context).purgeInstanceHistory(sequenceId);
    },
    async wake(sequenceId) {
      await getClient(context).raiseEvent(sequenceId, durableNames.wake, {});
    },
  };
}

/** Wakes sequences and collects their ids. One that cannot be woken is not lost: it looks by itself, after a while. */
export function openWake(client: SequenceClient, log: Log, woken: Set<string>): Ledger['wake'] {
  return (sequenceId) => {
    woken.add(sequenceId);
    return client.wake(sequenceId).catch((error) => {
      log.sequenceNotWoken({ sequenceId, error: errorName(error) });
    });
  };
}
