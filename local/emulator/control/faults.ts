/** /emulator/faults: the faults to inject. */

import { CALLBACK_KINDS, GRID_KINDS } from '../event-kinds.ts';
import { type Fault, type FaultSettings, faultSettings, matchable } from '../faults.ts';
import { AcsError } from '../http/acs-error.ts';
import { operations } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';
import { defineEndpoint } from './endpoint.ts';
import { notFound } from './not-found.ts';

const EVENTS: readonly string[] = [...CALLBACK_KINDS, ...GRID_KINDS];
const SIGNED: readonly string[] = CALLBACK_KINDS;

const listFaults = defineEndpoint({
  method: 'GET',
  path: '/faults',
  run: ({ resource }) => ({ faults: resource.faults.all() }),
});

const getFault = defineEndpoint({
  method: 'GET',
  path: '/faults/{id}',
  run({ resource, path }): Fault {
    const fault = resource.faults.get(path.id ?? '');
    if (fault === undefined) {
      throw notFound(`fault ${path.id}`);
    }
    return fault;
  },
});

const postFault = defineEndpoint({
  method: 'POST',
  path: '/faults',
  body: faultSettings,
  run({ resource, body }) {
    const problem = mismatch(body);
    if (problem !== undefined) {
      throw new AcsError(400, 'BadRequest', `match: ${problem}.`);
    }
    return { id: resource.faults.add(body).id };
  },
});

const deleteFault = defineEndpoint({
  method: 'DELETE',
  path: '/faults/{id}',
  run({ resource, path }) {
    if (!resource.faults.delete(path.id ?? '')) {
      throw notFound(`fault ${path.id}`);
    }
  },
});

const deleteFaults = defineEndpoint({
  method: 'DELETE',
  path: '/faults',
  run: ({ resource }) => resource.faults.clear(),
});

export const faults = [listFaults, getFault, postFault, deleteFault, deleteFaults];

/** Why the fault could never happen, or undefined: with such a fault a test would pass without testing anything. */
function mismatch(settings: FaultSettings): string | undefined {
  const { match } = settings;
  const operation = operations.find(({ name }) => name === match);
  if (operation !== undefined) {
    return operationMismatch(settings, operation);
  }
  return EVENTS.includes(match)
    ? eventMismatch(settings)
    : `"${match}" is neither an operation such as createCall nor a short event kind such as CallConnected`;
}

function operationMismatch(settings: FaultSettings, { name, failure, raises }: Operation): string | undefined {
  const { do: action } = settings;
  if (!matchable(settings).operations) {
    return `${name} is an operation, and this action happens to an event`;
  }
  if (action.fail && failure === undefined) {
    return `${name} has no event that reports its failure`;
  }
  if (action.eventBeforeResponse && !raises) {
    return `no event follows ${name}`;
  }
  const isOfContent = action.emptyRecording || action.htmlRecording;
  return isOfContent && name !== 'downloadRecording' ? `${name} answers no recording` : undefined;
}

function eventMismatch(settings: FaultSettings): string | undefined {
  const { match, do: action } = settings;
  if (!matchable(settings).events) {
    return `${match} is an event, and this action happens to an operation`;
  }
  if (action.deliveryStatus !== undefined && SIGNED.includes(match)) {
    return `${match} is a callback, and deliveryStatus is the answer to an Event Grid event`;
  }
  const isSigned = action.badSignature || action.wrongAudience;
  return isSigned && !SIGNED.includes(match) ? `${match} is an Event Grid event, which carries no token` : undefined;
}
