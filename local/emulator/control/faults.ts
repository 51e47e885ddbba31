/** /emulator/faults: what shall go wrong. */

import { CALLBACK_KINDS, GRID_KINDS } from '../event-kinds.ts';
import { type Fault, type FaultSettings, faultSettings, matchable } from '../faults.ts';
import { AcsError } from '../http/acs-error.ts';
import { operations } from '../operations/index.ts';
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

/** Why the fault could never happen, or undefined. One that silently did nothing would let a test pass. */
function mismatch(settings: FaultSettings): string | undefined {
  const { match, do: action } = settings;
  const operation = operations.find(({ name }) => name === match);
  const can = matchable(settings);
  if (operation === undefined && !EVENTS.includes(match)) {
    return `"${match}" is neither an operation such as createCall nor a short event kind such as CallConnected`;
  }
  if (operation !== undefined && !can.operations) {
    return `${match} is an operation, and this action happens to an event`;
  }
  if (operation === undefined && !can.events) {
    return `${match} is an event, and this action happens to an operation`;
  }
  if (action.fail && operation?.failure === undefined) {
    return `${match} has no event that tells of its failure`;
  }
  if (action.eventBeforeResponse && operation !== undefined && !operation.raises) {
    return `no event follows ${match}`;
  }
  const isSigned = action.badSignature || action.wrongAudience;
  return isSigned && !SIGNED.includes(match) ? `${match} is an Event Grid event, which carries no token` : undefined;
}
