/**
 * Reads a request for a sequence, posted or from a routing rule: by the name of a built-in or an orchestrator, or by its
 * steps. Reports every validation error at once, with its JSON path in the request.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type FieldError, invalidInput } from '../errors.ts';
import { type CheckInput, fieldErrors } from '../operations/parse-input.ts';
import { type BuiltIn, definitionOf } from './built-in/define-sequence.ts';
import { builtIns } from './built-in/index.ts';
import { checkDefinition } from './language/check-definition.ts';
import { limits } from './language/definition.ts';
import { pathInSource, within } from './language/json-path.ts';
import { asLiteral } from './language/references.ts';
import { parseDefinition, stepListSchema, stepsAsPosted } from './language/schema.ts';
import type { Orchestrator } from './orchestrators/flow/orchestrator.ts';
import { participantsIn } from './orchestrators/flow/protocol.ts';
import { orchestrators } from './orchestrators/index.ts';
import type { SequenceRequest } from './runtime/start.ts';

const table: readonly (BuiltIn | Orchestrator)[] = [...builtIns, ...orchestrators];
/** What can be started by its name. */
const sequencesByName: ReadonlyMap<string, BuiltIn | Orchestrator> = new Map(table.map((one) => [one.name, one]));

/** The schema of the input of what has this name. */
export const inputOf = (name: unknown): z.ZodType | undefined => sequencesByName.get(String(name))?.input;

const names = table.map(({ name }) => name) as [string, ...string[]];

const common = {
  callId: z.uuid().toLowerCase().optional().meta({ description: 'The call that it works on, if there is one' }),
  input: z.record(z.string(), z.unknown()).optional(),
};

const byName = z.strictObject({ ...common, name: z.enum(names).meta({ id: 'BuiltInName' }) });
const bySteps = z.strictObject({ ...common, steps: stepListSchema, finally: stepListSchema.optional() });

/** The schema of the request for the documentation; `readRequest` validates posted ones. */
export const sequenceInput = z.union([byName, bySteps]);

type Fields = Readonly<Record<string, unknown>>;

const knownName = z
  .enum(names, `expected the name of a built-in sequence: ${names.join(', ')}`)
  .meta({ id: 'BuiltInName' })
  .optional();

/** The fields of a request in a routing rule, which provides the call. */
export const ruleFields = {
  name: knownName,
  input: common.input,
  steps: stepsAsPosted.optional(),
  finally: stepsAsPosted.optional(),
};

/** Accepts any steps: these are parsed one by one, each with its own errors. */
const posted = z.strictObject({
  ...common,
  name: knownName,
  steps: z.unknown().optional(),
  finally: z.unknown().optional(),
});

export interface RequestContext {
  /** The incoming call of a routing rule: a built-in that works on a call answers it first (chosen here). */
  readonly incomingCallId?: string;
  /** The caller of that call: whom the sequence serves, unless the request names someone. */
  readonly caller?: string;
  /** Without it, what depends on settings is validated when an operation uses it. */
  readonly checkInput?: CheckInput;
}

/** Reads a request. Throws a 422 with all its validation errors, after those that the caller found. */
export function readRequest(
  fields: Fields,
  errorsOfCaller: readonly FieldError[] = [],
  context: RequestContext = {},
): SequenceRequest {
  const { request, errors } = read(fields, context);
  const all = [...errorsOfCaller, ...errors];
  if (!request || all.length > 0) {
    throw invalidInput(all);
  }
  return request;
}

/** Stands for the caller of a call that has not come yet. */
const someCaller = '+14255550123';

/** The validation errors of a request in a routing rule. */
export function validateForIncomingCalls(fields: Fields, checkInput: CheckInput): readonly FieldError[] {
  const context = { incomingCallId: randomUUID(), caller: someCaller };
  return read(fields, { ...context, checkInput: (schema, input) => checkInput(schema, withoutCaller(input)) }).errors;
}

/** Whether the caller may be called back depends on who calls: the step that does it finds out. */
function withoutCaller(input: Fields): Fields {
  return JSON.parse(JSON.stringify(input), (_name, value) => (value === someCaller ? undefined : value));
}

interface Read {
  readonly request?: SequenceRequest;
  readonly errors: readonly FieldError[];
}

function read(fields: Fields, context: RequestContext): Read {
  const { request, errors } = readParts(fields, context);
  const ofSize = sizeErrors(request?.name === undefined ? fields : request);
  return { ...(request && { request }), errors: [...errors, ...ofSize] };
}

function readParts(fields: Fields, context: RequestContext): Read {
  const parsed = posted.safeParse(fields);
  const errors = parsed.error?.issues.flatMap(fieldErrors) ?? [];
  const { name, steps, input } = fields;
  // Each by itself: an unknown field beside them does not make them unknown.
  const given = { callId: common.callId.safeParse(fields.callId).data, input: common.input.safeParse(input).data };
  if ((name === undefined) === (steps === undefined)) {
    return { errors: [...errors, { path: '', message: 'expected either name, with input, or steps' }] };
  }
  const named = sequencesByName.get(String(name));
  if (named) {
    const ofFinally = fields.finally === undefined ? [] : [{ path: 'finally', message: 'is for steps only' }];
    const read = readNamed(named, input, { ...context, callId: given.callId });
    return { ...read, errors: [...errors, ...ofFinally, ...read.errors] };
  }
  if (name !== undefined) {
    return { errors };
  }
  const callId = context.incomingCallId ?? given.callId;
  const { definition, errors: ofShape } = parseDefinition({ steps, finally: fields.finally });
  const values = { ...(context.caller !== undefined && { caller: context.caller }), ...given.input };
  const ofMeaning = checkDefinition(definition, { input: values, callId, checkInput: context.checkInput });
  return { request: { callId, input: values, definition }, errors: [...errors, ...ofShape, ...ofMeaning] };
}

/** A context, and the call that the request names. */
interface NamedContext extends RequestContext {
  readonly callId: string | undefined;
}

function readNamed(named: BuiltIn | Orchestrator, given: unknown = {}, context: NamedContext): Read {
  const parsed = named.input.safeParse(withCaller(named, given, context));
  if (!parsed.success) {
    return { errors: parsed.error.issues.flatMap(fieldErrors).map((error) => within('input', error)) };
  }
  const input: Fields = parsed.data;
  const ofInput = typeof input.callId === 'string' ? input.callId : undefined;
  const callId = context.incomingCallId ?? context.callId ?? ofInput;
  const ofSettings = (context.checkInput?.(named.input, input) ?? []).map((error) => within('input', error));
  const read =
    'define' in named ? readBuiltIn(named, input, { ...context, callId }) : readOrchestrator(named, input, callId);
  return { ...read, errors: unique([...ofSettings, ...read.errors]) };
}

/** The input with the caller as the person whom a built-in serves that acts on their call. */
function withCaller(named: BuiltIn | Orchestrator, given: unknown, { caller }: RequestContext): unknown {
  const serves = 'serves' in named && Object.hasOwn(named.input.shape, 'callId') ? named.serves : undefined;
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  return serves !== undefined && caller !== undefined && isObject ? { [serves]: caller, ...given } : given;
}

/** The steps of a built-in are checked like posted ones; an error names the field of the input that the step got. */
function readBuiltIn(builtIn: BuiltIn, input: Fields, { callId, incomingCallId, checkInput }: NamedContext): Read {
  const literal = asLiteral(input) as Fields;
  const built = definitionOf(builtIn, literal, incomingCallId);
  const { definition, errors: ofShape } = parseDefinition(built);
  const errors = [...ofShape, ...checkDefinition(definition, { input, callId, checkInput })].flatMap((error) => {
    const source = pathInSource(error.path, built, literal);
    // The schema of the input has reported the people that it names.
    return source === undefined && error.code !== undefined ? [] : [{ ...error, path: `input${source ?? ''}` }];
  });
  return { request: { name: builtIn.name, callId, input, definition }, errors };
}

/** An orchestrator produces its steps while it runs. Durable keeps the shown input, so it must not name a participant. */
function readOrchestrator({ name, events, shown }: Orchestrator, input: Fields, callId: string | undefined): Read {
  const shownInput = Object.fromEntries(shown.map((field) => [field, input[field]]));
  const errors = participantsIn(shownInput, 'input').map((path) => ({
    path,
    message: 'expected no phone number and no id',
  }));
  const orchestrator = { name, events, shown: shownInput };
  return { request: { name, callId, input, definition: { steps: [] }, orchestrator }, errors };
}

/** Several steps may report the same error of one field. */
function unique(errors: readonly FieldError[]): FieldError[] {
  return [...new Map(errors.map((error) => [`${error.path} ${error.message}`, error])).values()];
}

function sizeErrors(whole: unknown): FieldError[] {
  const bytes = Buffer.byteLength(JSON.stringify(whole));
  return bytes > limits.bytes ? [{ path: '', message: `at most ${limits.bytes} bytes, got ${bytes}` }] : [];
}
