/**
 * Checks what the steps of a sequence mean before it starts: operations and their inputs, references, media. Reports every
 * validation error at once.
 */
import * as z from 'zod';
import { canonicalParticipant } from '../../acs/wire/identifiers.ts';
import type { FieldError } from '../../errors.ts';
import { dialString } from '../../operations/fields/dial-string.ts';
import { phoneNumber } from '../../operations/fields/fields.ts';
import { operationNamed, operations } from '../../operations/index.ts';
import { type Operation, targetParameters } from '../../operations/operation.ts';
import { fieldErrors } from '../../operations/parse-input.ts';
import { mediaConflicts } from './check-media.ts';
import { listeningOperation, promptOperation } from './collect-operations.ts';
import {
  anyone,
  type CollectStep,
  type Condition,
  type Definition,
  type DoStep,
  listsIn,
  type SendDigitsStep,
  type Step,
  type WhileStep,
} from './definition.ts';
import { within } from './json-path.ts';
import { type DefinitionContext, isUnknown, knownFields } from './known-fields.ts';
import { dereference, isReference, isWellFormed, referencesIn, stepIdIn } from './references.ts';

/** The check under way: what the steps so far provide, and the errors found. */
interface Check {
  readonly context: DefinitionContext;
  readonly ids: Set<string>;
  /** The steps that start a continuous DTMF recognition. */
  readonly listening: Set<string>;
  readonly errors: FieldError[];
  hasCall: boolean;
}

/** The validation errors of a definition. A value that a step will produce is unknown; that the step exists is checked. */
export function checkDefinition({ steps, finally: last = [] }: Definition, context: DefinitionContext): FieldError[] {
  const check: Check = {
    context,
    ids: new Set(),
    listening: new Set(),
    errors: [],
    hasCall: context.callId !== undefined,
  };
  checkList(check, steps, 'steps');
  checkList(check, last, 'finally');
  return check.errors;
}

function checkList(check: Check, steps: readonly Step[], path: string): void {
  for (const [index, step] of steps.entries()) {
    checkStep(check, step, `${path}[${index}]`);
  }
}

function checkStep(check: Check, step: Step, path: string): void {
  if (check.ids.has(String(step.id))) {
    check.errors.push({ path: `${path}.id`, message: `expected a unique id; ${step.id} is another step` });
  }
  if ('do' in step) {
    checkDo(check, step, path);
  } else if ('if' in step) {
    checkCondition(check, step.if, `${path}.if`);
  } else if ('parallel' in step) {
    check.errors.push(...mediaConflicts(step, check.context, path));
  } else if ('waitFor' in step && !check.hasCall) {
    check.errors.push({ path, message: needsCall });
  } else if ('while' in step) {
    checkPresent(check, step, `${path}.while.present`);
  } else if ('sendDigits' in step) {
    checkDigits(check, step, path);
  } else if ('collect' in step) {
    checkCollect(check, step, path);
  } else if ('result' in step) {
    checkReferences(check, step.result, `${path}.result`);
  }
  check.ids.add(String(step.id));
  for (const list of listsIn(step)) {
    checkList(check, list.steps, `${path}.${list.path}`);
  }
  if ('while' in step && !check.hasCall) {
    check.errors.push({ path, message: needsCall });
  }
  if ('repeat' in step && step.repeat.until) {
    checkCondition(check, step.repeat.until, `${path}.repeat.until`);
  }
}

function checkDo(check: Check, step: DoStep, path: string): void {
  const operation = operationNamed(step.do);
  if (!operation) {
    check.errors.push({ path: `${path}.do`, message: `expected the name of an operation, got ${step.do}` });
    return;
  }
  if (step.onTimeout && step.timeout === undefined) {
    check.errors.push({ path: `${path}.timeout`, message: 'required with onTimeout' });
  }
  checkWith(check, operation, step, `${path}.with`);
  const isOnCall = operation.target === 'call' && step.with?.callId === undefined;
  if (isOnCall && !check.hasCall) {
    check.errors.push({ path, message: needsCall });
  }
  check.hasCall ||= operation.target === 'newCall';
  if (operation.name === listeningOperation.name) {
    check.listening.add(String(step.id));
  }
}

function checkWith(check: Check, operation: Operation, { with: given = {} }: DoStep, path: string): void {
  checkKnown(check, given, path, (known) => inputErrors(check, operation, known));
}

/** Validates fields with references. Errors about values that a step will produce are dropped. */
function checkKnown(
  check: Check,
  fields: Readonly<Record<string, unknown>>,
  path: string,
  errorsOf: (known: Readonly<Record<string, unknown>>) => readonly FieldError[],
): void {
  if (!checkReferences(check, fields, path)) {
    return;
  }
  const unknown = referencesIn(fields, path).filter(({ reference }) => isUnknown(reference));
  const errors = errorsOf(knownFields(fields, check.context)).map((error) => within(path, error));
  check.errors.push(...errors.filter((error) => !unknown.some(({ path: at }) => areNested(error.path, at))));
}

/** Validates the known part of an input by the operation's own schema. */
function inputErrors(
  { context }: Check,
  { target, input }: Operation,
  known: Readonly<Record<string, unknown>>,
): FieldError[] {
  const parameter = targetParameters[target];
  const { [parameter ?? '']: targetId, ...fields } = known;
  const isMissing =
    parameter !== undefined &&
    parameter !== 'callId' &&
    !Object.hasOwn(known, parameter) &&
    !(parameter === 'incomingCallId' && context.callId !== undefined);
  const ofTarget = [
    ...(isMissing ? [{ path: parameter, message: 'required' }] : []),
    ...(targetId === undefined || typeof targetId === 'string'
      ? []
      : [{ path: String(parameter), message: 'expected an id' }]),
  ];
  return [...ofTarget, ...issuesOf(input, fields), ...(context.checkInput?.(input, fields) ?? [])];
}

/** Whether one of two JSON paths contains the other. */
function areNested(first: string, second: string): boolean {
  return isWithin(first, second) || isWithin(second, first);
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && /^($|[.[])/.test(inner.slice(outer.length));
}

/** Whether all references within a value name something that exists by then. */
function checkReferences(check: Check, value: unknown, path: string): boolean {
  const errors = referencesIn(value, path).flatMap(({ path: at, reference }) => {
    const message = referenceError(check, reference);
    return message === undefined ? [] : [{ path: at, message }];
  });
  check.errors.push(...errors);
  return errors.length === 0;
}

function referenceError({ ids, context, hasCall }: Check, reference: string): string | undefined {
  if (!isWellFormed(reference)) {
    return `expected a reference such as $input.target or $steps.add.result.invitationId, got ${reference}; write $$ for a plain $`;
  }
  const stepId = stepIdIn(reference);
  if (stepId !== undefined && !ids.has(stepId)) {
    return `${reference} names no earlier step`;
  }
  if (reference === '$callId' && !hasCall) {
    return needsCall;
  }
  const names = { input: context.input, callId: undefined, sequenceId: '' };
  return reference.startsWith('$input') && dereference(reference, names) === undefined
    ? `${reference} names nothing in the input`
    : undefined;
}

const digitsToSend = z.object({ to: phoneNumber, digits: dialString });

function checkDigits(check: Check, { sendDigits }: SendDigitsStep, path: string): void {
  checkKnown(check, sendDigits, `${path}.sendDigits`, (known) => issuesOf(digitsToSend, known));
  if (!check.hasCall) {
    check.errors.push({ path, message: needsCall });
  }
}

function issuesOf(schema: z.ZodType, value: unknown): FieldError[] {
  return schema.safeParse(value).error?.issues.flatMap(fieldErrors) ?? [];
}

/** A prompt is validated as that of a `play`. */
function checkCollect(check: Check, { collect: { listening, prompt } }: CollectStep, path: string): void {
  if (!check.listening.has(listening)) {
    const message = `expected the id of an earlier ${listeningOperation.name}, got ${listening}`;
    check.errors.push({ path: `${path}.collect.listening`, message });
  }
  const ofPrompt: FieldError[] = [];
  if (prompt) {
    checkWith(
      { ...check, errors: ofPrompt },
      promptOperation,
      { do: promptOperation.name, with: { sources: [prompt] } },
      '',
    );
  }
  const at = (inPlay: string) => `${path}.collect.prompt${inPlay.slice('.sources[0]'.length)}`;
  check.errors.push(...ofPrompt.map((error) => ({ ...error, path: at(error.path) })));
}

/** A participant whom an earlier step names is known once that has run. */
function checkPresent(check: Check, { while: { present } }: WhileStep, path: string): void {
  const isKnownLater = stepIdIn(present) !== undefined;
  const { present: value } = knownFields({ present }, check.context);
  const isParticipant = typeof value === 'string' && (value === anyone || canonicalParticipant(value) !== undefined);
  if (checkReferences(check, present, path) && !isKnownLater && !isParticipant) {
    const message = `expected a participant, a reference to one such as $input.caller, or ${anyone}`;
    check.errors.push({ path, message });
  }
}

function checkCondition(check: Check, { ref, exists }: Condition, path: string): void {
  if (!isReference(ref)) {
    check.errors.push({ path: `${path}.ref`, message: 'expected a reference such as $steps.add.status' });
  } else if (exists === undefined || stepIdIn(ref) !== undefined) {
    checkReferences(check, ref, `${path}.ref`);
  }
}

const makers = operations.flatMap(({ name, target }) => (target === 'newCall' ? [name] : []));
const needsCall = `needs a call: give callId, or a ${makers.join(' or ')} before it`;
