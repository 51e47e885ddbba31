/**
 * The operations that undo the steps of a sequence, as the literals of the operations state: while a step is open, and once
 * it succeeded. Pure.
 */
import { operationNamed, operations } from '../../operations/index.ts';
import type { Operation, Undo } from '../../operations/operation.ts';
import type { OperationRequest, StepRecord } from './state.ts';

/** The request that undoes a step; undefined when nothing does, or when ACS's response does not say yet what to undo. */
export function undoRequest(step: StepRecord, when: 'whileOpen' | 'afterSuccess'): OperationRequest | undefined {
  const operation = operationNamed(step.do);
  const request = operation && undoOf(operation)?.[when];
  if (!request) {
    return undefined;
  }
  const { callId, result = {} } = step;
  const target = request.by.target === 'recording' ? { recordingId: result.recordingId } : { callId };
  const input = { ...target, ...request.input?.({ input: { ...step.request?.input }, result }) };
  return Object.values(input).includes(undefined) ? undefined : { operation: request.by.name, input };
}

function undoOf({ undo }: Pick<Operation, 'undo'>): Undo | undefined {
  return undo === 'none' ? undefined : undo;
}

/** The operations that reverse others. */
const reversing: ReadonlySet<string | undefined> = new Set(
  operations.map((operation: Operation) => undoOf(operation)?.afterSuccess?.by.name),
);

/** Whether a request is one that reverses another. */
export function reverses({ operation }: OperationRequest): boolean {
  return reversing.has(operation);
}

/** Whether the input of an operation is needed after ACS accepted it: to undo it, or to know what it has undone or whom it made leave. */
export function keepsInput(name: string): boolean {
  const operation = operationNamed(name);
  const isUndoable = operation !== undefined && undoOf(operation) !== undefined;
  return reversing.has(name) || isUndoable || operation?.leaves !== undefined;
}

/** Whether one of the steps has the effect that a request to undo something would have. */
export function isUndone(undo: OperationRequest, steps: readonly StepRecord[], callId: string | undefined): boolean {
  const subject = subjectOf(undo, callId);
  return steps.some(
    (step) => step.status === 'succeeded' && step.request && subjectOf(step.request, step.callId) === subject,
  );
}

/** Whether a request would undo what is undone already, and was not done again since. */
export function isNeedless(
  request: OperationRequest,
  steps: readonly StepRecord[],
  callId: string | undefined,
): boolean {
  const subject = subjectOf(request, callId);
  const done = steps.findLastIndex((step) => {
    const undo = step.status === 'succeeded' ? undoRequest(step, 'afterSuccess') : undefined;
    return undo && subjectOf(undo, step.callId) === subject;
  });
  return reverses(request) && isUndone(request, steps.slice(done + 1), callId);
}

/** Whether a request acts only on participants who have left: there is nothing left to undo for them. */
export function isAboutDeparted(request: OperationRequest, departed: readonly string[]): boolean {
  const parsed = parsedRequest(request);
  const about = parsed?.operation.about?.(parsed.input) ?? [];
  return about.length > 0 && about.every((one) => departed.includes(one));
}

/** What a request acts on: two with the same subject have the same effect, whatever their other options. */
function subjectOf(request: OperationRequest, callId: string | undefined): string {
  const { callId: ofRequest = callId, recordingId: target = ofRequest, ...fields } = request.input;
  const parsed = parsedRequest(request);
  const about = parsed ? parsed.operation.about?.(parsed.input) : fields;
  return JSON.stringify([request.operation, String(target).toLowerCase(), about]);
}

/** A request with its operation, and its people in canonical spelling; undefined when its input is invalid. */
export function parsedRequest({ operation: name, input }: OperationRequest) {
  const { callId: _, recordingId: __, ...fields } = input;
  const operation = operationNamed(name);
  const parsed = operation?.input.safeParse(fields);
  return operation && parsed?.success ? { operation, input: parsed.data } : undefined;
}
