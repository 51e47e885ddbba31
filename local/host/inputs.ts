/** Input bindings beside the trigger: values that a function is given in addition. */

import type { AppFunction } from './app/function.ts';
import type { NamedData, TypedData } from './app/rpc.ts';
import { HostError } from './errors.ts';

/** The value of an input, by the binding's type in lower case. */
export type InputValues = Readonly<Record<string, TypedData>>;

/** What a function is given besides its trigger's data. */
export type ReadInputs = (fn: AppFunction) => readonly NamedData[];

/** Prepares the inputs of all functions; throws when one is of a kind that this host does not serve. */
export function openInputs(functions: readonly AppFunction[], values: InputValues): ReadInputs {
  const inputs = new Map(functions.map((fn) => [fn.name, inputsOf(fn, values)]));
  return ({ name }) => inputs.get(name) ?? [];
}

function inputsOf(fn: AppFunction, values: InputValues): NamedData[] {
  const bindings = Object.entries(fn.bindings).filter(
    ([name, { direction }]) => direction === 'in' && name !== fn.triggerName,
  );
  return bindings.map(([name, { type }]) => {
    const data = values[type.toLowerCase()];
    if (data === undefined) {
      throw new HostError(`Function "${fn.name}" uses a ${type} input: this host serves durableClient.`);
    }
    return { name, data };
  });
}
