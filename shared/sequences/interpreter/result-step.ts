/** Evaluates the steps that add to the result of a sequence. */
import type { ResultStep } from '../language/definition.ts';
import { resolveFields } from '../language/references.ts';
import { choose, type Draft, keyOf, namesOf, type Position } from './draft.ts';

/** References without a value are left out. */
export function evaluateResult(draft: Draft, step: ResultStep, position: Position): 'done' {
  choose(draft, keyOf(step, position), () => {
    const members = resolveFields(step.result, namesOf(draft, position.suffix));
    draft.state = { ...draft.state, result: { ...draft.state.result, ...members } };
    return 'set';
  });
  return 'done';
}
