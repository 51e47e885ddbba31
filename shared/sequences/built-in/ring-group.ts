/** ringGroup: ring several people, all at once or one after another, until one takes the call. */
import * as z from 'zod';
import { callerIdNeeded, hasCallerId } from '../../operations/fields/fields.ts';
import { callee } from '../../operations/fields/people.ts';
import type { Step } from '../language/definition.ts';
import { defineSequence } from './define-sequence.ts';
import { callId, callingAs, confirmation, ringFor } from './input.ts';
import { type Reaching, reach } from './ring.ts';

/** Chosen here: the branches of all targets fit the step limit of one sequence. */
const maxTargets = 10;

const targets = z
  .array(callee)
  .min(1, 'expected at least one target')
  .max(maxTargets)
  .refine((all) => new Set(all).size === all.length, 'expected each target once')
  .meta({ description: 'The people to ring' });

const notReached: Step = { fail: { code: 'notReached', message: 'This person did not take the call.' } };

export const ringGroup = defineSequence({
  name: 'ringGroup',
  summary: 'Ring several people, together or in turn, until one takes the call; the others are cancelled',
  input: z
    .strictObject({
      callId,
      targets,
      ...callingAs,
      order: z
        .enum(['together', 'inTurn'])
        .default('together')
        .meta({ description: 'All at once, or one after another' }),
      ringFor: ringFor.default('PT20S'),
      confirm: confirmation.optional(),
    })
    .refine(({ callerId, targets: called }) => hasCallerId(callerId, called), callerIdNeeded),
  example: {
    targets: ['+14255550123', '+14255550124'],
    callerId: '+14255550100',
    confirm: { prompt: { text: 'Press 1 to take the call.', locale: 'en-US' } },
  },

  define: ({ targets: called, callerId, displayName, order, ...how }) => {
    const people = called.map((target, index) => ({
      target,
      ...reach(`ring-${index + 1}`, { target, callerId, displayName }, how),
    }));
    return {
      steps: [{ result: { outcome: 'nobody' } }, ...(order === 'inTurn' ? oneByOne(people) : together(people))],
    };
  },
});

type Person = Reaching & { readonly target: string };

/** Rings a person; if they do not take the call, the other steps run. */
function orElse({ target, steps, isReached }: Person, otherwise: readonly Step[]): Step[] {
  return [
    ...steps,
    { if: isReached, then: [{ result: { outcome: 'answered', participant: target } }], else: otherwise },
  ];
}

function oneByOne(people: readonly Person[]): Step[] {
  return people.reduceRight<Step[]>((rest, person) => orElse(person, rest), []);
}

/** A race: the first person who is reached wins, the invitations of the others are cancelled. */
function together(people: readonly Person[]): Step[] {
  return people.length === 1
    ? oneByOne(people)
    : [{ parallel: people.map((person) => orElse(person, [notReached])), until: 'first', onFailure: 'continue' }];
}
