/** Defines an orchestrator: a sequence written in TypeScript, and the function by which Durable Functions runs it. */
import type { OrchestrationContext, OrchestrationHandler } from 'durable-functions';
import type { z } from 'zod';
import type { EventKind } from '../../../calls/event.ts';
import type { Ending } from '../../interpreter/interpreter.ts';
import type { StepError } from '../../interpreter/state.ts';
import { type Flow, openFlow, type Part, SequenceFailed } from './flow.ts';
import { activityNames, type EndInput, type FlowInput } from './protocol.ts';
import { callUntilSuccess } from './wakes.ts';

export interface Orchestrator<Schema extends z.ZodObject = z.ZodObject, Shown extends string = string> {
  /** Its name in `POST /sequences` and in Durable Functions. */
  readonly name: string;
  readonly summary: string;
  /** A strict object; a `callId` among its fields is the call of the sequence. */
  readonly input: Schema;
  /** An input for docs and tests. */
  readonly example: z.input<Schema>;
  /** The events of the call that its steps wait for. */
  readonly events: readonly EventKind[];
  /** The fields of the input that the code sees and Durable keeps: no phone numbers, names or digits. */
  readonly shown: readonly Shown[];
  run(flow: Flow, shown: Readonly<Pick<z.output<Schema>, Shown>>): Part<void>;
}

/** An orchestrator with the types of its input. */
export function defineOrchestrator<Schema extends z.ZodObject, Shown extends keyof z.output<Schema> & string>(
  orchestrator: Orchestrator<Schema, Shown>,
): Orchestrator<Schema, Shown> {
  return orchestrator;
}

/** The function that Durable Functions runs. It returns the status of the sequence. */
export function orchestrationOf(orchestrator: Orchestrator): OrchestrationHandler {
  return function* ({ df }: OrchestrationContext) {
    const { sequenceId, shown } = df.getInput<FlowInput>();
    const flow = openFlow(df, sequenceId, orchestrator.events);
    const end: EndInput = { sequenceId, ...(yield* runToEnd(flow, orchestrator, shown)) };
    const status = yield* callUntilSuccess<string>(flow, activityNames.end, end);
    // Clears the open steps of the last wait.
    df.setCustomStatus({ status, open: [] });
    return status;
  };
}

/** An error thrown by the code is how its sequence ended, unless the sequence was stopped before. */
function* runToEnd(flow: Flow, { run }: Orchestrator, shown: FlowInput['shown']): Part<Ending> {
  try {
    yield* run(flow, shown);
    return { status: 'succeeded' };
  } catch (error) {
    return { status: 'failed', error: errorOf(error) };
  }
}

function errorOf(error: unknown): StepError {
  return error instanceof SequenceFailed
    ? { code: error.code, message: error.message }
    : { code: 'orchestratorFailed', message: `The orchestrator threw ${error}` };
}
