/** ringGroup: ring several people, all at once or one after another, until one takes the call. */
import * as z from 'zod';
import { callerIdNeeded, hasCallerId } from '../../operations/fields/fields.ts';
import { callee } from '../../operations/fields/people.ts';
import type { Step } from '../language/definition.ts';
import { defineSequence } from './define-sequence.ts';
import { abandonedPrompt, caller, callId, callingAs, confirmation, ringFor } from './input.ts';
import { inform, type Reaching, reach } from './ring.ts';
import { whilePresent } from './while-present.ts';

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
      caller,
      ...callingAs,
      order: z
        .enum(['together', 'inTurn'])
        .default('together')
        .meta({ description: 'All at once, or one after another' }),
      ringFor: ringFor.default('PT20S'),
      confirm: confirmation.optional(),
      abandonedPrompt,
    })
    .refine(({ callerId, targets: called }) => hasCallerId(callerId, called), callerIdNeeded),
  serves: 'caller',
  example: {
    targets: ['+14255550123', '+14255550124'],
    callerId: '+14255550100',
    confirm: { prompt: { text: 'Press 1 to take the call.', locale: 'en-US' } },
  },

  define: ({ targets: called, caller: served, callerId, displayName, order, abandonedPrompt: words, ...how }) => {
    const people = called.map((target, index) => ({
      target,
      ...reach(`ring-${index + 1}`, { target, callerId, displayName }, how),
    }));
    const ringing = order === 'inTurn' ? oneByOne(people) : together(people);
    const informing = atOnce(
      people.map(({ target }, index) => inform(`ring-${index + 1}`, target, words, how.confirm)),
    );
    return { steps: [{ result: { outcome: 'nobody' } }, whilePresent(served, ringing, informing)] };
  },
});

/** The lists run at once. */
function atOnce(lists: readonly Step[][]): Step[] {
  const [first = [], ...others] = lists.filter((steps) => steps.length > 0);
  return others.length === 0 ? first : [{ parallel: [first, ...others] }];
}

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
