/**
 * Steps that perform an operation: how one starts, follows its operation, is stopped while it is open, and is undone after
 * it succeeded.
 */
import { derivedId } from '../../acs/wire/derived-id.ts';
import { acsCodesOf } from '../../calls/acs-codes.ts';
import { operationNamed } from '../../operations/index.ts';
import { type Draft, endStep, isCleanup, putStep, startStep } from './draft.ts';
import type { OperationRequest, StepError, StepRecord } from './state.ts';
import { isAboutDeparted, isUndone, keepsInput, undoRequest } from './undo.ts';

/** Starts a step with the command of its operation. The id derives from the step's, so a retry names the same operation. */
export function startOperation(
  draft: Draft,
  key: string,
  request: OperationRequest,
  more: Pick<StepRecord, 'scope'> & Partial<StepRecord>,
): StepRecord {
  const operationId = derivedId('sequence', draft.plan.sequenceId, key);
  const started = startStep(draft, key, request.operation, more);
  const record = putStep(draft, { ...started, operationId, request, ...more });
  issueCommand(draft, record);
  return record;
}

/** Copies the progress of a step's operation, and issues its command again if the ledger has no intent or response. */
export function trackOperation(draft: Draft, record: StepRecord): StepRecord {
  const operationId = String(record.operationId);
  const rejection = draft.snapshot.rejections[operationId];
  if (rejection) {
    return endRejected(draft, record, rejection);
  }
  const operation = draft.snapshot.operations[operationId];
  if (!operation) {
    issueCommand(draft, record);
    return record;
  }
  if (operation.isAbandoned) {
    issueCommand(draft, record);
  }
  const { status, callId, result, error } = operation;
  const { request, ...rest } = record;
  const tracked: StepRecord = {
    ...(request && (status === 'accepted' || keepsInput(request.operation)) ? record : rest),
    callId,
    ...(status !== 'accepted' && { hasResponse: true as const }),
    ...(result && { result }),
    ...(error && { error: { code: error.code, message: error.message, ...acsCodesOf(error) } }),
  };
  draft.state = isCallOfSequence(draft, record) ? { ...draft.state, callId } : draft.state;
  return status === 'accepted' || status === 'sent' ? putStep(draft, tracked) : endStep(draft, tracked, status);
}

/** A sequence of steps works on its first call; one of an orchestrator works on the last that it made. */
function isCallOfSequence({ plan, state }: Draft, { do: operation }: StepRecord): boolean {
  const makesCall = operationNamed(operation)?.target === 'newCall';
  return state.callId === undefined || (makesCall && plan.orchestrator !== undefined);
}

/** In a cleanup, a call that has ended or never existed leaves nothing to do. */
function endRejected(draft: Draft, record: StepRecord, error: StepError): StepRecord {
  const operation = operationNamed(record.do);
  if (operation?.satisfiedBy?.some((code) => code === error.code)) {
    return endStep(draft, record, 'succeeded');
  }
  if (draft.snapshot.hasCallEnded && operation?.skippedAfterCallEnd) {
    return endStep(draft, record, 'skipped');
  }
  const hasNoCall = error.code === 'callEnded' || draft.state.callId === undefined;
  return hasNoCall && isCleanup(record)
    ? endStep(draft, record, 'skipped')
    : endStep(draft, record, 'failed', { error });
}

function issueCommand(draft: Draft, { key: step, operationId, request, masked }: StepRecord): void {
  if (request && operationId !== undefined && !draft.commands.some((one) => one.operationId === operationId)) {
    draft.commands.push({ ...request, operationId, step, masked: masked ?? false });
  }
}

/**
 * Stops a branch, and undoes it if wanted. True once none of its operations is open: one that succeeds in spite of the stop
 * is undone like any other.
 */
export function stopScope(draft: Draft, scope: string, undo: boolean): boolean {
  return stopAll(draft, (step) => isWithin(step, scope)) && (!undo || undoScope(draft, scope));
}

/** Stops one step. True once neither its operation nor the one that stops it is open. */
export function stopStep(draft: Draft, key: string): boolean {
  return stopAll(draft, (step) => step.key === key || step.stops === key);
}

function stopAll(draft: Draft, isSelected: (step: StepRecord) => boolean): boolean {
  const selected = () => Object.values(draft.state.steps).filter(isSelected);
  const running = selected().filter(({ stops, status }) => stops === undefined && status === 'running');
  const stillRunning = running.map((step) => stopOperation(draft, step)).filter(({ status }) => status === 'running');
  const stopping = selected().filter(({ stops }) => stops !== undefined);
  const tracked = stopping.map((step) => (step.status === 'running' ? trackOperation(draft, step) : step));
  return stillRunning.length === 0 && !tracked.some(({ status }) => status === 'running');
}

/** An operation without an intent is not performed any more. */
function stopOperation(draft: Draft, step: StepRecord): StepRecord {
  if (step.operationId === undefined) {
    return endStep(draft, step, 'canceled');
  }
  const { operations, rejections } = draft.snapshot;
  if (!operations[step.operationId] && !rejections[step.operationId]) {
    return endStep(draft, step, 'canceled');
  }
  const tracked = trackOperation(draft, step);
  const undo = tracked.status === 'running' ? undoRequest(tracked, 'whileOpen') : undefined;
  const key = `${step.key}~stop`;
  if (undo && !draft.state.steps[key] && !hasItsCallEnded(draft, step)) {
    startUndo(draft, key, undo, step);
  }
  return tracked;
}

/** Undoes one step after another, the last first. A step that cannot be undone does not prevent the others. */
function undoScope(draft: Draft, scope: string): boolean {
  const records = Object.values(draft.state.steps);
  const succeeded = records.filter(
    (step) => step.stops === undefined && isWithin(step, scope) && step.status === 'succeeded',
  );
  for (const step of succeeded.reverse()) {
    const undo = undoRequest(step, 'afterSuccess');
    const key = `${step.key}~undo`;
    const later = records.slice(records.indexOf(step) + 1);
    const isDue = undo && !draft.state.steps[key] && !hasItsCallEnded(draft, step);
    if (isDue && !isAboutDeparted(undo, draft.snapshot.departed) && !isUndone(undo, later, draft.state.callId)) {
      startUndo(draft, key, undo, step);
      return false;
    }
  }
  return true;
}

/** Effects on a call ended with it. */
function hasItsCallEnded({ snapshot, state }: Draft, { callId }: StepRecord): boolean {
  return snapshot.hasCallEnded && callId === state.callId;
}

function startUndo(draft: Draft, key: string, undo: OperationRequest, { scope, key: stops }: StepRecord): void {
  startOperation(draft, key, undo, { scope, stops });
}

function isWithin(step: StepRecord, scope: string): boolean {
  return step.scope === scope || step.scope.startsWith(`${scope}/`);
}
