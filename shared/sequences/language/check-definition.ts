/** Checks what the steps of a sequence mean before it starts: operations, inputs, references, media. Tells every fault. */
import { newCallRecord } from '../../calls/call.ts';
import { compatible } from '../../calls/media-compatibility.ts';
import { type MediaUse, mediaActionOf } from '../../calls/media-rules.ts';
import type { FieldError } from '../../errors.ts';
import { operations } from '../../operations/index.ts';
import { type Operation, targetParameters } from '../../operations/operation.ts';
import { fieldErrors } from '../../operations/parse-input.ts';
import { type Condition, type Definition, type DoStep, listsIn, type ParallelStep, type Step } from './definition.ts';
import { within } from './json-path.ts';
import { dereference, isReference, isWellFormed, referencesIn, resolveFields, stepIdIn } from './references.ts';

/** What a sequence is started with. */
export interface DefinitionContext {
  readonly input: Readonly<Record<string, unknown>>;
  readonly callId: string | undefined;
  /** What is wrong with the `notifyUrl` of an operation in this app, as far as it is known. */
  readonly checkUrl?: CheckUrl | undefined;
}

/** What is wrong with a `notifyUrl`; of what is no string, the schema tells. */
export type CheckUrl = (notifyUrl: unknown) => readonly FieldError[];

const operationsByName: ReadonlyMap<string, Operation> = new Map(operations.map((one) => [one.name, one as Operation]));

/** The operation of a name. */
export function operationNamed(name: string): Operation | undefined {
  return operationsByName.get(name);
}

/** What is known at a place while the steps are gone through in their order. */
interface Walk {
  readonly start: DefinitionContext;
  readonly ids: Set<string>;
  readonly faults: FieldError[];
  hasCall: boolean;
}

/** The faults of a definition. What earlier steps bring cannot be checked; that there is such a step can. */
export function checkDefinition({ steps, finally: last = [] }: Definition, start: DefinitionContext): FieldError[] {
  const walk: Walk = { start, ids: new Set(), faults: [], hasCall: start.callId !== undefined };
  checkList(walk, steps, 'steps');
  checkList(walk, last, 'finally');
  return walk.faults;
}

function checkList(walk: Walk, steps: readonly Step[], path: string): void {
  for (const [index, step] of steps.entries()) {
    checkStep(walk, step, `${path}[${index}]`);
  }
}

function checkStep(walk: Walk, step: Step, path: string): void {
  if (walk.ids.has(String(step.id))) {
    walk.faults.push({ path: `${path}.id`, message: `expected an id of its own; ${step.id} is another step` });
  }
  if ('do' in step) {
    checkDo(walk, step, path);
  } else if ('if' in step) {
    checkCondition(walk, step.if, `${path}.if`);
  } else if ('parallel' in step) {
    checkMedia(walk, step, path);
  } else if ('waitFor' in step && !walk.hasCall) {
    walk.faults.push({ path, message: needsCall });
  } else if ('result' in step) {
    checkReferences(walk, step.result, `${path}.result`);
  }
  walk.ids.add(String(step.id));
  for (const list of listsIn(step)) {
    checkList(walk, list.steps, `${path}.${list.path}`);
  }
  if ('repeat' in step && step.repeat.until) {
    checkCondition(walk, step.repeat.until, `${path}.repeat.until`);
  }
}

function checkDo(walk: Walk, step: DoStep, path: string): void {
  const operation = operationNamed(step.do);
  if (!operation) {
    walk.faults.push({ path: `${path}.do`, message: `expected the name of an operation, got ${step.do}` });
    return;
  }
  if (step.onTimeout && step.timeout === undefined) {
    walk.faults.push({ path: `${path}.timeout`, message: 'required with onTimeout' });
  }
  const references = referencesIn(step.with, `${path}.with`);
  if (checkReferences(walk, step.with, `${path}.with`)) {
    walk.faults.push(
      ...inputFaults(walk, operation, step)
        .map((fault) => within(`${path}.with`, fault))
        .filter(
          (fault) => !references.some(({ path: at, reference }) => isUnknown(reference) && areNested(fault.path, at)),
        ),
    );
  }
  const isOnCall = operation.target === 'call' && step.with?.callId === undefined;
  if (isOnCall && !walk.hasCall) {
    walk.faults.push({ path, message: needsCall });
  }
  walk.hasCall ||= operation.target === 'newCall';
}

/** What an operation's own schema says of its input, with what is known of it. */
function inputFaults({ start }: Walk, { target, input }: Operation, step: DoStep): FieldError[] {
  const known = knownFields(step.with ?? {}, start);
  const parameter = targetParameters[target];
  const { [parameter ?? '']: targetId, ...fields } = known;
  const isMissing =
    parameter !== undefined &&
    parameter !== 'callId' &&
    !Object.hasOwn(step.with ?? {}, parameter) &&
    !(parameter === 'incomingCallId' && start.callId !== undefined);
  const missing = isMissing ? [{ path: parameter, message: 'required' }] : [];
  const named =
    targetId === undefined || typeof targetId === 'string'
      ? []
      : [{ path: String(parameter), message: 'expected an id' }];
  const unwanted = start.checkUrl?.(fields.notifyUrl) ?? [];
  return [...missing, ...named, ...(input.safeParse(fields).error?.issues.flatMap(fieldErrors) ?? []), ...unwanted];
}

/** The input with the references that can be followed now; what steps will bring is left out. */
function knownFields(
  fields: Readonly<Record<string, unknown>>,
  { input, callId }: DefinitionContext,
): Record<string, unknown> {
  const names = { input, callId: callId ?? 'unknown', sequenceId: 'unknown' };
  const blanked = JSON.parse(
    JSON.stringify(fields, (_, value) => (isReference(value) && isUnknown(value) ? null : value)),
  );
  return resolveFields(blanked, names);
}

function isUnknown(reference: string): boolean {
  return !reference.startsWith('$input');
}

/** Whether a fault is at a place or within it, or tells of a whole that it is in. */
function areNested(fault: string, place: string): boolean {
  return isWithin(fault, place) || isWithin(place, fault);
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && /^($|[.[])/.test(inner.slice(outer.length));
}

/** Whether all references within a value lead somewhere. */
function checkReferences(walk: Walk, value: unknown, path: string): boolean {
  const wrong = referencesIn(value, path).flatMap(({ path: at, reference }) => {
    const message = referenceFault(walk, reference);
    return message === undefined ? [] : [{ path: at, message }];
  });
  walk.faults.push(...wrong);
  return wrong.length === 0;
}

function referenceFault({ ids, start, hasCall }: Walk, reference: string): string | undefined {
  if (!isWellFormed(reference)) {
    return `expected a reference such as $input.target or $steps.add.result.invitationId, got ${reference}; write $$ for a plain $`;
  }
  const step = stepIdIn(reference);
  if (step !== undefined && !ids.has(step)) {
    return `${reference} names no earlier step`;
  }
  if (reference === '$callId' && !hasCall) {
    return needsCall;
  }
  const names = { input: start.input, callId: undefined, sequenceId: '' };
  return reference.startsWith('$input') && dereference(reference, names) === undefined
    ? `${reference} names nothing in the input`
    : undefined;
}

function checkCondition(walk: Walk, { ref, exists }: Condition, path: string): void {
  if (!isReference(ref)) {
    walk.faults.push({ path: `${path}.ref`, message: 'expected a reference such as $steps.add.status' });
  } else if (exists === undefined || stepIdIn(ref) !== undefined) {
    checkReferences(walk, ref, `${path}.ref`);
  }
}

const needsCall = 'needs a call: give callId, or a createCall or connectCall before it';

/** Media operations that begin together and cannot run together. What comes later in a branch may find the other over. */
function checkMedia({ start, faults }: Walk, { parallel }: ParallelStep, path: string): void {
  const uses = parallel.map(([first]) => (first && 'do' in first ? mediaUseOf(first, start) : undefined));
  for (const [branch, use] of uses.entries()) {
    const earlier = uses.slice(0, branch).findIndex((one) => use && one && areInConflict(one, use));
    if (earlier >= 0) {
      const message = `cannot run beside parallel[${earlier}][0]: ACS takes one such media operation for a participant at a time`;
      faults.push({ path: `${path}.parallel[${branch}][0]`, message });
    }
  }
}

function mediaUseOf(step: DoStep, start: DefinitionContext): MediaUse | undefined {
  const operation = operationNamed(step.do);
  const parsed = operation?.input.safeParse(knownFields(step.with ?? {}, start));
  return parsed?.success ? operation?.media?.(parsed.data) : undefined;
}

/** A call of whom it is not known whether it is a group is none: there, more is possible. */
function areInConflict(first: MediaUse, second: MediaUse): boolean {
  const call = newCallRecord({ callId: '', direction: 'outbound', createdAt: '' });
  const isSame = first.participants.some((one) => second.participants.includes(one));
  return isSame && !second.interrupts && !compatible[mediaActionOf(first, call)].includes(mediaActionOf(second, call));
}
