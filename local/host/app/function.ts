/** A function of the app as the host serves it: registered, its settings resolved, its one trigger found. */

import { HostError } from '../errors.ts';
import { resolveReferences } from '../settings/references.ts';
import type { RegisteredFunction } from './registry.ts';
import type { Binding } from './rpc.ts';

export interface AppFunction extends RegisteredFunction {
  /** The name of the trigger's binding. */
  readonly triggerName: string;
  readonly trigger: Binding;
}

/** Resolves the settings that the bindings refer to; throws when one is missing or there is not exactly one trigger. */
export function toAppFunction(registered: RegisteredFunction): AppFunction {
  const bindings = resolveReferences(registered.name, registered.bindings);
  const [found, ...others] = Object.entries(bindings).filter(([, binding]) => /trigger$/i.test(binding.type));
  if (found === undefined || others.length > 0) {
    throw new HostError(
      `Function "${registered.name}" needs exactly one trigger and has ${found ? 'several' : 'none'}.`,
    );
  }
  const [triggerName, trigger] = found;
  return { ...registered, bindings, triggerName, trigger };
}

/** Whether a setting `AzureWebJobs.<name>.Disabled` turns the function off. */
export function isDisabled(name: string): boolean {
  const value = process.env[`AzureWebJobs.${name}.Disabled`] ?? process.env[`AzureWebJobs_${name}_Disabled`];
  return value !== undefined && /^(true|1)$/i.test(value);
}

/**
 * The order in which Azure lists functions and tries their routes: by name, ignoring case (FunctionMetadataManager of
 * azure-functions-host compares with OrdinalIgnoreCase, which is by code unit in upper case).
 */
export function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  const [first, second] = [one.name.toUpperCase(), other.name.toUpperCase()];
  return first < second ? -1 : Number(first > second);
}
