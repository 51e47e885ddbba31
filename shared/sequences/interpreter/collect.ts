/**
 * Evaluates the steps that collect tones from a continuous DTMF recognition. Several share the tones of one recognition: each
 * takes those after the last that another took, so what a caller types ahead counts for the question that follows.
 */
import { inputDefaults, promptOperation } from '../language/collect-operations.ts';
import type { CollectStep } from '../language/definition.ts';
import { resolveFields } from '../language/references.ts';
import {
  type Draft,
  endStep,
  findStep,
  keyOf,
  namesOf,
  nowMs,
  type Position,
  progressAfter,
  putStep,
  type StepsProgress,
  startStep,
  wakeAtLatest,
} from './draft.ts';
import type { startOperation, stopStep, trackOperation } from './operation-steps.ts';
import type { ListeningSnapshot, StepError, StepRecord, Taken } from './state.ts';

/** The functions that play and stop a prompt. They are passed in, because an import would exceed the allowed depth of imports. */
interface Prompting {
  readonly startOperation: typeof startOperation;
  readonly trackOperation: typeof trackOperation;
  readonly stopStep: typeof stopStep;
}

/** A `collect` that is running, with the parts of its recognition that it needs. */
interface Collecting extends Prompting {
  readonly step: CollectStep;
  readonly record: StepRecord & { readonly taken: Taken };
  readonly participant: unknown;
  /** The tones from its first one on. */
  readonly tones: readonly string[];
}

export function evaluateCollect(
  draft: Draft,
  step: CollectStep,
  position: Position,
  prompting: Prompting,
): StepsProgress {
  const known = draft.state.steps[keyOf(step, position)];
  const record = known && known.status !== 'running' ? known : collect(draft, step, position, prompting);
  return record === 'running' || record.status === 'running' ? 'running' : progressAfter(record, step.onFailure);
}

/** Starts once ACS listens: what is pressed during the prompt must not be lost. */
function collect(draft: Draft, step: CollectStep, position: Position, prompting: Prompting): StepRecord | 'running' {
  const key = keyOf(step, position);
  const started = findStep(draft.state, step.collect.listening, position.suffix);
  const listening = draft.snapshot.listening[String(started?.operationId)];
  const start = () => draft.state.steps[key] ?? startStep(draft, key, 'collect', position);
  const error = errorOf(draft, started, listening);
  if (error) {
    return prompting.stopStep(draft, promptOf(key)) ? endStep(draft, start(), 'failed', { error }) : 'running';
  }
  if (!started?.hasResponse || !listening) {
    return 'running';
  }
  const { masked, request, operationId = '' } = started;
  const { taken = nextTaken(draft, operationId), ...rest } = start();
  const from = taken.from + (isSurplusStopTone(step, taken, listening.tones[taken.from]) ? 1 : 0);
  const tones = listening.tones.slice(from);
  const to = Math.max(taken.to, from + tones.length);
  const seen = to > taken.to ? { ...taken, to, at: draft.snapshot.now } : taken;
  const record = { ...rest, ...(masked && { masked }), taken: seen };
  putStep(draft, record);
  return proceed(draft, { ...prompting, step, record, tones, participant: request?.input.participant }, position);
}

/** Where a step starts to collect: after the last tone that another step has taken from the recognition. */
function nextTaken({ state, snapshot }: Draft, operationId: string): Taken {
  const taken = Object.values(state.steps).flatMap((one) => (one.taken?.listening === operationId ? [one.taken] : []));
  const from = Math.max(0, ...taken.map(({ to }) => to));
  const { mayFollow: ignores = [] } = taken.find(({ to }) => to === from) ?? {};
  return { listening: operationId, from, to: from, at: snapshot.now, ...(ignores.length > 0 && { ignores }) };
}

/** Whether the first tone is a stop tone of the step before, which had its last tone already. Callers press it out of habit. */
function isSurplusStopTone({ collect: { accepts = [] } }: CollectStep, { ignores = [] }: Taken, first = ''): boolean {
  return ignores.includes(first) && !accepts.includes(first);
}

/** The key of the step that plays the prompt. */
function promptOf(key: string): string {
  return `${key}~prompt`;
}

/** Why no tones can be collected any more. */
function errorOf(
  { snapshot }: Draft,
  started: StepRecord | undefined,
  listening: ListeningSnapshot | undefined,
): StepError | undefined {
  if (snapshot.hasCallEnded) {
    return { code: 'callEnded', message: 'The call ended.' };
  }
  const isListening = started?.status === 'running' || started?.status === 'succeeded';
  return isListening && !listening?.hasFailed
    ? undefined
    : (started?.error ?? { code: 'notListening', message: 'ACS does not report the tones of the participant.' });
}

/** Plays the prompt until the first tone, then waits for the others. */
function proceed(draft: Draft, collecting: Collecting, position: Position): StepRecord {
  const { record, tones, stopStep } = collecting;
  const promptKey = promptOf(record.key);
  if (tones.length > 0 && !stopStep(draft, promptKey)) {
    return record;
  }
  const prompt = tones.length > 0 ? draft.state.steps[promptKey] : playPrompt(draft, collecting, promptKey, position);
  if (tones.length === 0 && prompt && prompt.status !== 'succeeded') {
    const { status, error } = prompt;
    return status === 'running' ? record : endStep(draft, record, status, error ? { error } : {});
  }
  return endIfComplete(draft, collecting) ?? awaitTones(draft, collecting, prompt);
}

function playPrompt(
  draft: Draft,
  { step, record, participant, startOperation, trackOperation }: Collecting,
  key: string,
  { scope, suffix }: Position,
): StepRecord | undefined {
  const known = draft.state.steps[key];
  if (known || !step.collect.prompt) {
    return known?.status === 'running' ? trackOperation(draft, known) : known;
  }
  const sources = [resolveFields(step.collect.prompt, namesOf(draft, suffix))];
  const request = { operation: promptOperation.name, input: { sources, to: [participant] } };
  return startOperation(draft, key, request, { scope, ...(record.masked && { masked: true as const }) });
}

const notAccepted = { code: 'toneNotAccepted', message: 'A tone was pressed that the step does not accept.' };

/** Ends the step if its input is complete, else undefined. The stop tone is not among the tones, as in recognize. */
function endIfComplete(draft: Draft, { step, record, tones }: Collecting): StepRecord | undefined {
  const { maxTones, stopTones = [], accepts } = step.collect;
  const stop = tones.slice(0, maxTones).findIndex((one) => stopTones.includes(one));
  const length = stop >= 0 ? stop : maxTones;
  if (stop < 0 && tones.length < maxTones) {
    return undefined;
  }
  const result = { tones: tones.slice(0, length) };
  if (accepts && result.tones.some((one) => !accepts.includes(one))) {
    // All tones so far count as taken: what was typed after a wrong answer was not meant for the next attempt.
    return endStep(draft, record, 'failed', { error: notAccepted });
  }
  const to = record.taken.to - tones.length + length + (stop >= 0 ? 1 : 0);
  const taken = { ...record.taken, to, ...(stop < 0 && { mayFollow: stopTones }) };
  return endStep(draft, record, 'succeeded', { result, taken });
}

function awaitTones(draft: Draft, { step, record, tones }: Collecting, prompt: StepRecord | undefined): StepRecord {
  const { initialSilenceTimeoutSeconds, interToneTimeoutSeconds } = step.collect;
  const { initialSilenceSeconds, interToneSeconds } = inputDefaults;
  const [code, since, seconds] =
    tones.length > 0
      ? ['interToneTimeout', record.taken.at, interToneTimeoutSeconds ?? interToneSeconds]
      : [
          'initialSilenceTimeout',
          prompt?.endedAt ?? record.startedAt,
          initialSilenceTimeoutSeconds ?? initialSilenceSeconds,
        ];
  const dueAtMs = Date.parse(since) + seconds * 1000;
  if (nowMs(draft) >= dueAtMs) {
    return endStep(draft, record, 'timedOut', { error: { code, message: `No tone was pressed within ${seconds} s.` } });
  }
  wakeAtLatest(draft, dueAtMs);
  return record;
}
