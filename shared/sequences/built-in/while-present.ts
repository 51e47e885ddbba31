/** Serves a person while they are in the call: once they have left it, no one else is called for them. */
import { anyone, type Step, type WhileStep } from '../language/definition.ts';

/**
 * Steps that serve a participant, by default anyone in the call. Their departure stops and undoes them, and the outcome is
 * `abandoned`; `onDeparture` runs before those whom they invited are removed.
 */
export function whilePresent(
  participant: string | undefined,
  steps: readonly Step[],
  onDeparture: readonly Step[] = [],
): WhileStep {
  return {
    id: 'serve',
    while: { present: participant ?? anyone },
    steps,
    ...(onDeparture.length > 0 && { onDeparture }),
  };
}
