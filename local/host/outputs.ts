/** Output bindings other than the HTTP response: where a function's further values go once it has succeeded. */

import type { AppFunction } from './app/function.ts';
import type { Outcome } from './app/pipeline.ts';
import type { Binding } from './app/rpc.ts';
import { HostError } from './errors.ts';
import type { OutputKind, WriteOutput } from './output-kind.ts';
import type { HostConfig } from './settings/host-json.ts';
import { queueOutput } from './storage/queue-output.ts';

/** To serve another kind, add its literal here. */
const kinds: readonly OutputKind[] = [queueOutput];

/** Writes the outputs of an invocation; rejects, and so fails the invocation, when one cannot be written. */
export type WriteOutputs = (fn: AppFunction, outcome: Outcome) => Promise<void>;

/** Opens the outputs of all functions; throws when one is of a kind that this host does not serve. */
export async function openOutputs(functions: readonly AppFunction[], config: HostConfig): Promise<WriteOutputs> {
  const writers = new Map<string, WriteOutput>();
  for (const fn of functions) {
    for (const [name, binding] of Object.entries(fn.bindings)) {
      if (binding.direction === 'in' || isHttpResponse(fn, name, binding)) {
        continue;
      }
      writers.set(`${fn.name}/${name}`, await kindOf(fn, binding).open(fn, binding, config));
    }
  }
  return async (fn, { returnValue, outputData = [] }) => {
    for (const { name, data } of [{ name: '$return', data: returnValue }, ...outputData]) {
      const write = writers.get(`${fn.name}/${name}`);
      if (write !== undefined && data !== null && data !== undefined) {
        await write(data);
      }
    }
  };
}

function isHttpResponse({ trigger }: AppFunction, name: string, { type }: Binding): boolean {
  return name === '$return' && type === 'http' && trigger.type === 'httpTrigger';
}

function kindOf({ name }: AppFunction, { type }: Binding): OutputKind {
  const kind = kinds.find((candidate) => candidate.type === type);
  if (kind !== undefined) {
    return kind;
  }
  const served = ['http (returned by an httpTrigger)', ...kinds.map((candidate) => candidate.type)].join(', ');
  throw new HostError(`Function "${name}" uses a ${type} output: this host serves ${served}.`);
}
