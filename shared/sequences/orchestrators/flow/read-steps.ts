/** Reads the steps that an orchestrator takes, as those that are posted are read. What is wrong is a bug of the orchestrator. */
import { operationNamed } from '../../language/check-definition.ts';
import type { Step } from '../../language/definition.ts';
import { parseDefinition, stepsIn } from '../../language/schema.ts';
import type { Flow } from './flow.ts';
import { participantsIn } from './literals.ts';

/** The steps, each with an id. Throws a TypeError that names every fault. */
export function readSteps(flow: Flow, given: readonly Step[]): readonly Step[] {
  const { definition, errors: faults } = parseDefinition({ steps: given });
  const all = stepsIn(definition.steps);
  const wrong = [
    ...faults.map(({ path, message }) => `${path}: ${message}`),
    ...all.flatMap((step) => faultsOf(flow, step)),
    ...participantsIn(given, 'steps').map((place) => `${place}: ${writtenOut}`),
  ];
  if (wrong.length > 0) {
    throw new TypeError(wrong.join('; '));
  }
  for (const { id } of all) {
    flow.taken.add(String(id));
  }
  return definition.steps;
}

const writtenOut =
  'expected a reference such as $input.customer, got a phone number or a raw id, which Durable Functions would keep';

function faultsOf({ taken, events }: Flow, step: Step): string[] {
  const { id } = step;
  const again = taken.has(String(id)) ? [`step ${id} was taken already: in a loop, put the round into its id`] : [];
  const unknown = 'do' in step && !operationNamed(step.do) ? [`step ${id}: no operation is named ${step.do}`] : [];
  const unheard = 'waitFor' in step ? step.waitFor.events.filter((kind) => !events.includes(kind)) : [];
  return [
    ...again,
    ...unknown,
    ...unheard.map((kind) => `step ${id}: ${kind} is not among the events of the orchestrator`),
  ];
}
