/** Checks which media operations of a sequence would run at once although ACS refuses that. */
import { newCallRecord } from '../../calls/call.ts';
import { compatible } from '../../calls/media-compatibility.ts';
import { type MediaUse, mediaActionOf } from '../../calls/media-rules.ts';
import type { FieldError } from '../../errors.ts';
import { operationNamed } from '../../operations/index.ts';
import type { DoStep, ParallelStep } from './definition.ts';
import { type DefinitionContext, knownFields } from './known-fields.ts';

/** Media operations that start together but cannot run together. Only the first step of each branch certainly overlaps. */
export function mediaConflicts({ parallel }: ParallelStep, context: DefinitionContext, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const uses = parallel.map(([first]) => (first && 'do' in first ? mediaUseOf(first, context) : undefined));
  for (const [branch, use] of uses.entries()) {
    const earlier = uses.slice(0, branch).findIndex((one) => use && one && areInConflict(one, use));
    if (earlier >= 0) {
      const message = `cannot run beside parallel[${earlier}][0]: ACS takes one such media operation for a participant at a time`;
      errors.push({ path: `${path}.parallel[${branch}][0]`, message });
    }
  }
  return errors;
}

function mediaUseOf(step: DoStep, context: DefinitionContext): MediaUse | undefined {
  const operation = operationNamed(step.do);
  const parsed = operation?.input.safeParse(knownFields(step.with ?? {}, context));
  return parsed?.success ? operation?.media?.(parsed.data) : undefined;
}

/** Whether the call is a group call is unknown here; a one-to-one call is assumed, because it allows more. */
function areInConflict(first: MediaUse, second: MediaUse): boolean {
  const call = newCallRecord({ callId: '', direction: 'outbound', createdAt: '', salt: '' });
  const isSame = first.participants.some((one) => second.participants.includes(one));
  return isSame && !second.interrupts && !compatible[mediaActionOf(first, call)].includes(mediaActionOf(second, call));
}
