/** Checks those who are moved from another call: who is not known to be in that call would be dialed. */
import { invalidInput } from '../../errors.ts';
import { destinationErrors } from '../../limits/limit-errors.ts';
import { peopleIn } from '../../operations/fields/people.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Ledger } from '../ledger.ts';

/**
 * Throws the 422 of numbers that may not be dialed and that have not joined the call they are moved from. The call is read only
 * for such numbers: a caller from any country may be moved.
 */
export async function checkMoved(
  ledger: Pick<Ledger, 'calls' | 'limits'>,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  const otherId = operation.otherCall?.(input);
  const people = otherId === undefined ? [] : peopleIn(operation.input, input);
  const refusals = destinationErrors(people, ledger.limits.known.allowedDestinations);
  if (otherId === undefined || refusals.length === 0) {
    return;
  }
  const roster = (await ledger.calls.readCall(otherId))?.record.roster ?? {};
  const joined = people.filter(({ participant }) => roster[participant]?.joinedAt !== undefined);
  const errors = refusals.filter(({ path }) => !joined.some((one) => one.path === path));
  if (errors.length > 0) {
    throw invalidInput(errors);
  }
}
