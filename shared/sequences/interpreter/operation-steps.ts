/** Stopping a branch: what is open in it is stopped and waited for, then what it did is taken back, last things first. */

import { type Draft, endStep, startOperation, trackOperation } from './draft.ts';
import type { OperationRequest, StepRecord } from './state.ts';
import { isUndone, undoRequest } from './undo.ts';

/**
 * Stops a branch, and undoes it if wanted. True once nothing of it is open: an operation that succeeded although it was
 * being stopped is undone like any other.
 */
export function stop(run: Draft, scope: string, undo: boolean): boolean {
  return stopAll(run, (step) => isWithin(step, scope)) && (!undo || undoSteps(run, scope));
}

/** Stops one step. True once neither its operation nor the one that stops it is open. */
export function stopOne(run: Draft, key: string): boolean {
  return stopAll(run, (step) => step.key === key || step.stops === key);
}

function stopAll(run: Draft, isMeant: (step: StepRecord) => boolean): boolean {
  const meant = () => Object.values(run.state.steps).filter(isMeant);
  const open = meant().filter(({ stops, status }) => stops === undefined && status === 'running');
  const stillOpen = open.map((step) => stopStep(run, step)).filter((step) => step.status === 'running');
  const helpers = meant().filter(({ stops }) => stops !== undefined);
  const stopping = helpers.map((step) => (step.status === 'running' ? trackOperation(run, step) : step));
  return stillOpen.length === 0 && !stopping.some(({ status }) => status === 'running');
}

/** One step after another, the last first. A step that cannot be undone does not keep the others from it. */
function undoSteps(run: Draft, scope: string): boolean {
  const succeeded = stepsIn(run, scope).filter(({ status }) => status === 'succeeded');
  for (const step of succeeded.reverse()) {
    const inverse = undoRequest(step, 'afterSuccess');
    const key = `${step.key}~undo`;
    const later = Object.values(run.state.steps).slice(Object.keys(run.state.steps).indexOf(step.key) + 1);
    if (inverse && !run.state.steps[key] && !isPast(run, step) && !isUndone(inverse, later, run.state.callId)) {
      takeBack(run, key, inverse, step);
      return false;
    }
  }
  return true;
}

/** An operation that ACS was never asked for is not asked for any more. */
function stopStep(run: Draft, step: StepRecord): StepRecord {
  if (step.operationId === undefined) {
    return endStep(run, step, 'canceled');
  }
  const { operations, rejections: refusals } = run.snapshot;
  if (!operations[step.operationId] && !refusals[step.operationId]) {
    return endStep(run, step, 'canceled');
  }
  const followed = trackOperation(run, step);
  const inverse = followed.status === 'running' ? undoRequest(followed, 'whileOpen') : undefined;
  const key = `${step.key}~stop`;
  if (inverse && !run.state.steps[key] && !isPast(run, step)) {
    takeBack(run, key, inverse, step);
  }
  return followed;
}

/** Whatever was done in a call that is over is over too. */
function isPast({ snapshot: seen, state }: Draft, { callId }: StepRecord): boolean {
  return seen.hasCallEnded && callId === state.callId;
}

function takeBack(run: Draft, key: string, inverse: OperationRequest, { scope, key: stops }: StepRecord): void {
  startOperation(run, key, inverse, { scope, stops });
}

function stepsIn({ state }: Draft, scope: string): StepRecord[] {
  return Object.values(state.steps).filter((step) => step.stops === undefined && isWithin(step, scope));
}

function isWithin(step: StepRecord, scope: string): boolean {
  return step.scope === scope || step.scope.startsWith(`${scope}/`);
}
