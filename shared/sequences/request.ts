/** The request for a sequence: by the name of a built-in, or by its steps. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type FieldError, invalidInput } from '../errors.ts';
import { fieldErrors } from '../operations/parse-input.ts';
import type { BuiltIn } from './built-in/define-sequence.ts';
import { builtIns } from './built-in/index.ts';
import type { OrchestratorPlan } from './interpreter/state.ts';
import { type CheckUrl, checkDefinition } from './language/check-definition.ts';
import { type Definition, stepListSchema, stepsAsPosted } from './language/definition.ts';
import { pathInSource, within } from './language/json-path.ts';
import { limits } from './language/limits.ts';
import { asLiteral } from './language/references.ts';
import { parseDefinition } from './language/schema.ts';
import { participantsIn } from './orchestrators/flow/literals.ts';
import type { Orchestrator } from './orchestrators/flow/orchestrator.ts';
import { orchestrators } from './orchestrators/index.ts';

const table: readonly (BuiltIn | Orchestrator)[] = [...builtIns, ...orchestrators];
const names = table.map(({ name }) => name) as [string, ...string[]];

const common = {
  callId: z.uuid().toLowerCase().optional().meta({ description: 'The call that it works on, if there is one' }),
  input: z.record(z.string(), z.unknown()).optional(),
};

const byName = z.strictObject({ ...common, name: z.enum(names) });
const bySteps = z.strictObject({ ...common, steps: stepListSchema, finally: stepListSchema.optional() });

/** The schema of the request for those who read. */
export const sequenceInput = z.union([byName, bySteps]);

/** A sequence that may be started. */
export interface SequenceRequest {
  readonly name?: string;
  readonly callId: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  readonly definition: Definition;
  readonly orchestrator?: OrchestratorPlan;
}

type Fields = Readonly<Record<string, unknown>>;

const builtInName = z.enum(names, `expected the name of a built-in sequence: ${names.join(', ')}`).optional();

/** The fields of a request that a rule makes: the call is its own. */
export const ruleFields = {
  name: builtInName,
  input: common.input,
  steps: stepsAsPosted.optional(),
  finally: stepsAsPosted.optional(),
};

/** Steps are read one by one, each with its own faults. */
const posted = z.strictObject({
  ...common,
  name: builtInName,
  steps: z.unknown().optional(),
  finally: z.unknown().optional(),
});

/** What a request is read with. */
export interface RequestContext {
  /** A rule gives the incoming call that it takes: a built-in that works on a call has it answered first (ours). */
  readonly incomingCallId?: string;
  /** Without it, URLs are checked when they are used. */
  readonly checkUrl?: CheckUrl;
}

/** What a request asks for. Throws the 422 of all its faults, and of those that were found `before`. */
export function readRequest(
  fields: Fields,
  before: readonly FieldError[] = [],
  setting: RequestContext = {},
): SequenceRequest {
  const { wanted, faults } = read(fields, setting);
  const all = [...before, ...faults];
  if (!wanted || all.length > 0) {
    throw invalidInput(all);
  }
  return wanted;
}

/** What is wrong with a request for whatever incoming call. */
export function validateForIncomingCalls(fields: Fields, urlFaults: CheckUrl): readonly FieldError[] {
  return read(fields, { incomingCallId: randomUUID(), checkUrl: urlFaults }).faults;
}

interface Readout {
  readonly wanted?: SequenceRequest;
  readonly faults: readonly FieldError[];
}

function read(fields: Fields, setting: RequestContext): Readout {
  const { wanted, faults } = readParts(fields, setting);
  const large = tooLarge(wanted?.name === undefined ? fields : wanted);
  return { ...(wanted && { wanted }), faults: [...faults, ...large] };
}

function readParts(fields: Fields, setting: RequestContext): Readout {
  const parsed = posted.safeParse(fields);
  const faults = parsed.error?.issues.flatMap(fieldErrors) ?? [];
  const { name, steps, input } = fields;
  if ((name === undefined) === (steps === undefined)) {
    return { faults: [...faults, { path: '', message: 'expected either name, with input, or steps' }] };
  }
  const named = table.find((one) => one.name === name);
  if (named) {
    const last = fields.finally === undefined ? [] : [{ path: 'finally', message: 'is for steps only' }];
    const made = readNamed(named, input, { ...setting, callId: parsed.data?.callId });
    return { ...made, faults: [...faults, ...last, ...made.faults] };
  }
  if (name !== undefined) {
    return { faults };
  }
  const callId = setting.incomingCallId ?? parsed.data?.callId;
  const { definition, errors: ofShape } = parseDefinition({ steps, finally: fields.finally });
  const given = parsed.data?.input ?? {};
  const ofMeaning = checkDefinition(definition, { input: given, callId, checkUrl: setting.checkUrl });
  return { wanted: { callId, input: given, definition }, faults: [...faults, ...ofShape, ...ofMeaning] };
}

/** A setting, and the call that a request names. */
interface Known extends RequestContext {
  readonly callId: string | undefined;
}

function readNamed(named: BuiltIn | Orchestrator, given: unknown = {}, known: Known): Readout {
  const parsed = named.input.safeParse(given);
  if (!parsed.success) {
    return { faults: parsed.error.issues.flatMap(fieldErrors).map((fault) => within('input', fault)) };
  }
  const input: Fields = parsed.data;
  const ofInput = typeof input.callId === 'string' ? input.callId : undefined;
  const callId = known.incomingCallId ?? known.callId ?? ofInput;
  return 'define' in named ? readBuiltIn(named, input, { ...known, callId }) : readOrchestrator(named, input, callId);
}

/** The steps of a built-in are checked like those that are posted, with its own input in them. */
function readBuiltIn(builtIn: BuiltIn, input: Fields, { callId, incomingCallId, checkUrl: urlFaults }: Known): Readout {
  const plain = asLiteral(input) as Fields;
  const made = definitionOf(builtIn, plain, incomingCallId);
  const { definition, errors: ofShape } = parseDefinition(made);
  const faults = [...ofShape, ...checkDefinition(definition, { input, callId, checkUrl: urlFaults })].map(
    ({ path, message }) => ({
      path: `input${pathInSource(path, made, plain) ?? ''}`,
      message,
    }),
  );
  return { wanted: { name: builtIn.name, callId, input, definition }, faults: unique(faults) };
}

function definitionOf(
  { input: { shape }, define }: BuiltIn,
  input: Fields,
  incomingCallId: string | undefined,
): Definition {
  const definition = define(input);
  const isAnswered = incomingCallId === undefined || !Object.hasOwn(shape, 'callId');
  return isAnswered ? definition : { ...definition, steps: [{ do: 'answerCall' }, ...definition.steps] };
}

/** An orchestrator makes its steps while it runs. What it sees of its input Durable keeps: no participant may be in it. */
function readOrchestrator({ name, events, shown }: Orchestrator, input: Fields, callId: string | undefined): Readout {
  const seen = Object.fromEntries(shown.map((field) => [field, input[field]]));
  const faults = participantsIn(seen, 'input').map((path) => ({ path, message: 'expected no phone number and no id' }));
  const orchestrator: OrchestratorPlan = { name, events, shown: seen };
  return { wanted: { name, callId, input, definition: { steps: [] }, orchestrator }, faults };
}

/** What several steps lack is said once. */
function unique(faults: readonly FieldError[]): FieldError[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}

function tooLarge(whole: unknown): FieldError[] {
  const bytes = Buffer.byteLength(JSON.stringify(whole));
  return bytes > limits.bytes ? [{ path: '', message: `at most ${limits.bytes} bytes, got ${bytes}` }] : [];
}
