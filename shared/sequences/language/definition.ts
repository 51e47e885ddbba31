/**
 * The step language: the types of a sequence's definition, which callers post and built-ins produce, its limits and its
 * durations. Pure, and without a schema: the interpreter needs no more than this.
 */
import type { EventKind } from '../../calls/event.ts';

/** A value to compare with. */
export type Scalar = string | number | boolean;

/** Compares the value at a reference, by exactly one of the three. */
export interface Condition {
  readonly ref: string;
  readonly equals?: Scalar | undefined;
  readonly in?: readonly Scalar[] | undefined;
  readonly exists?: boolean | undefined;
}

/** What a step that does not succeed means for the sequence; `stop` by default. */
export type OnFailure = 'stop' | 'continue' | 'compensate';

/** Performs an operation and waits until it has settled. */
export interface DoStep {
  readonly id?: string | undefined;
  /** The name of the operation. */
  readonly do: string;
  /** Its input and the ids of its path; `callId` defaults to the call of the sequence. */
  readonly with?: Readonly<Record<string, unknown>> | undefined;
  readonly onFailure?: OnFailure | undefined;
  /** ISO 8601. When it elapses, `onTimeout` starts; the step still waits for the outcome of its operation. */
  readonly timeout?: string | undefined;
  readonly onTimeout?: readonly Step[] | undefined;
  /** What people press or say appears in the result of the sequence only. */
  readonly masked?: boolean | undefined;
}

/** Waits for a time; fails when the call ends first. */
export interface WaitStep {
  readonly id?: string | undefined;
  readonly wait: string;
  readonly onFailure?: OnFailure | undefined;
}

/** Waits for an event of the call; one that arrived since the previous step started counts. */
export interface WaitForStep {
  readonly id?: string | undefined;
  readonly waitFor: { readonly events: readonly EventKind[]; readonly timeout: string };
  readonly onFailure?: OnFailure | undefined;
}

/** Runs one of two lists. */
export interface IfStep {
  readonly id?: string | undefined;
  readonly if: Condition;
  readonly then: readonly Step[];
  readonly else?: readonly Step[] | undefined;
}

/** Runs several lists at once, until all are done, or until the first is: then the others are stopped and undone. */
export interface ParallelStep {
  readonly id?: string | undefined;
  readonly parallel: readonly (readonly Step[])[];
  readonly until?: 'all' | 'first' | undefined;
  readonly onFailure?: OnFailure | undefined;
}

/** Runs a list up to `times` times, until the condition holds after a round. */
export interface RepeatStep {
  readonly id?: string | undefined;
  readonly repeat: {
    readonly times: number;
    readonly steps: readonly Step[];
    readonly until?: Condition | undefined;
  };
}

/** In place of a participant: anyone in the call, except those whom the sequence itself invites. */
export const anyone = 'anyone';

/**
 * Runs a list while a participant is in the call. Once they have left it, or the call has ended, the list is stopped,
 * `onDeparture` runs, and what the list did is undone; the steps after this one run in either case.
 */
export interface WhileStep {
  readonly id?: string | undefined;
  readonly while: {
    /** A participant, a reference to one, or `anyone`. */
    readonly present: string;
  };
  readonly steps: readonly Step[];
  readonly onDeparture?: readonly Step[] | undefined;
}

/** Sends digits with pauses to a phone number, each group of digits by an operation of its own. */
export interface SendDigitsStep {
  readonly id?: string | undefined;
  readonly sendDigits: { readonly to: string; readonly digits: string };
  readonly onFailure?: OnFailure | undefined;
}

/**
 * Collects tones from a continuous DTMF recognition that an earlier step started: those that were pressed since, before the
 * step too, unless an earlier `collect` of the same recognition took them. The prompt is played unless some are there.
 */
export interface CollectStep {
  readonly id?: string | undefined;
  readonly collect: {
    /** The step that started the recognition. When it is masked, the tones appear in the result of the sequence only. */
    readonly listening: string;
    readonly prompt?: Readonly<Record<string, unknown>> | undefined;
    readonly maxTones: number;
    readonly stopTones?: readonly string[] | undefined;
    /** Other tones fail the step. */
    readonly accepts?: readonly string[] | undefined;
    readonly interToneTimeoutSeconds?: number | undefined;
    /** From the end of the prompt. */
    readonly initialSilenceTimeoutSeconds?: number | undefined;
  };
  readonly onFailure?: OnFailure | undefined;
}

/** Adds members to the result of the sequence. */
export interface ResultStep {
  readonly id?: string | undefined;
  readonly result: Readonly<Record<string, unknown>>;
}

/** Fails its list, with an error that the author chooses. */
export interface FailStep {
  readonly id?: string | undefined;
  readonly fail: { readonly code: string; readonly message: string };
}

/** The steps of each kind, by the member that identifies the kind. */
export interface StepKinds {
  do: DoStep;
  wait: WaitStep;
  waitFor: WaitForStep;
  if: IfStep;
  parallel: ParallelStep;
  repeat: RepeatStep;
  while: WhileStep;
  sendDigits: SendDigitsStep;
  collect: CollectStep;
  result: ResultStep;
  fail: FailStep;
}

export type StepKind = keyof StepKinds;
export type Step = StepKinds[StepKind];

/** The steps of a sequence. `finally` runs once, however the steps ended. */
export interface Definition {
  readonly steps: readonly Step[];
  readonly finally?: readonly Step[] | undefined;
}

export const stepKinds = [
  'do',
  'wait',
  'waitFor',
  'if',
  'parallel',
  'repeat',
  'while',
  'sendDigits',
  'collect',
  'result',
  'fail',
] as const satisfies StepKind[];

/** The kind of a step; undefined unless it has the member of exactly one. */
export function kindOf(step: object): StepKind | undefined {
  const [kind, ...others] = stepKinds.filter((one) => Object.hasOwn(step, one));
  return others.length === 0 ? kind : undefined;
}

/** The lists of steps within a step, with their JSON paths relative to it. */
export function listsIn(step: Step): { readonly path: string; readonly steps: readonly Step[] }[] {
  if ('do' in step) {
    return step.onTimeout ? [{ path: 'onTimeout', steps: step.onTimeout }] : [];
  }
  if ('if' in step) {
    return [{ path: 'then', steps: step.then }, ...(step.else ? [{ path: 'else', steps: step.else }] : [])];
  }
  if ('parallel' in step) {
    return step.parallel.map((steps, index) => ({ path: `parallel[${index}]`, steps }));
  }
  if ('while' in step) {
    const { steps, onDeparture } = step;
    return [{ path: 'steps', steps }, ...(onDeparture ? [{ path: 'onDeparture', steps: onDeparture }] : [])];
  }
  return 'repeat' in step ? [{ path: 'repeat.steps', steps: step.repeat.steps }] : [];
}

/** The steps of a list, nested ones included. */
export function stepsIn(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...listsIn(step).flatMap((list) => stepsIn(list.steps))]);
}

export const limits = {
  /** Steps of a definition, nested ones included. */
  steps: 100,
  /** Rounds of a `repeat`. */
  repeats: 100,
  /** Steps that a definition runs when every repetition runs all its rounds: their records share one table row. */
  unrolledSteps: 1000,
  /** Of a definition with its input, as JSON. */
  bytes: 64 * 1024,
  /** A sequence that runs longer is stopped. */
  hours: 24,
} as const;

export const longestMs = limits.hours * 3_600_000;

const isoDuration = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** The milliseconds of an ISO 8601 duration of days, hours, minutes and seconds; NaN for any other text. */
export function millisecondsOf(duration: string): number {
  const parts = isoDuration.exec(duration);
  if (!parts) {
    return Number.NaN;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
