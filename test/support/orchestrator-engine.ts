/** The library's own engine: runs an orchestrator over a history, as the host does. */
import { createRequire } from 'node:module';
import type { OrchestrationHandler } from 'durable-functions';
import { protocol } from '../../local/host/durable/functions.ts';
import type { HistoryEvent } from '../../local/host/durable/history.ts';
import type { OrchestratorState } from '../../local/host/durable/replay/actions.ts';

const { createOrchestrator } = createRequire(import.meta.url)('durable-functions/lib/src/util/testingUtils') as {
  createOrchestrator(program: OrchestrationHandler): (trigger: object, context: object) => Promise<OrchestratorState>;
};

/** What an orchestrator asks for when it is given this history; the history is left as it is. */
export function runOrchestrator(
  program: OrchestrationHandler,
  instanceId: string,
  input: unknown,
  history: readonly HistoryEvent[],
): Promise<OrchestratorState> {
  const isReplaying = history.some(({ IsPlayed }) => IsPlayed);
  const trigger = { ...protocol, history, input, instanceId, isReplaying, parentInstanceId: '' };
  return createOrchestrator(program)(structuredClone(trigger), { functionName: 'program', invocationId: instanceId });
}
