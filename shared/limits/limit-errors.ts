/** The validation errors of an input by the limits: numbers that may not be dialed, and too many people to call. Pure. */
import type * as z from 'zod';
import type { FieldError } from '../errors.ts';
import { peopleIn } from '../operations/fields/people.ts';
import { type Destination, destinationRefusal } from './destination.ts';
import type { Limits } from './limits.ts';

/** What is wrong with those whom an input has ACS call. */
export function limitErrors(
  schema: z.ZodType,
  input: unknown,
  { allowedDestinations, maxTargets }: Pick<Limits, 'allowedDestinations' | 'maxTargets'>,
): readonly FieldError[] {
  const called = peopleIn(schema, input).filter(({ role }) => role === 'called');
  const lists = Map.groupBy(called, ({ path }) => path.replace(/\[\d+\]$/, ''));
  const tooLong = [...lists].filter(([, people]) => people.length > maxTargets);
  return [
    ...tooLong.map(([path]) => ({ path, message: `expected at most ${maxTargets} people: the limit maxTargets` })),
    ...destinationErrors(called, allowedDestinations),
  ];
}

/** The errors of people at their JSON paths who may not be dialed. */
export function destinationErrors(
  people: readonly { readonly path: string; readonly participant: string }[],
  allowed: readonly Destination[],
): FieldError[] {
  return people.flatMap(({ path, participant }) => {
    const refusal = destinationRefusal(participant, allowed);
    return refusal ? [{ path, message: refusal.reason, code: 'destinationNotAllowed' as const }] : [];
  });
}
