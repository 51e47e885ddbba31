/** Settings that a binding refers to: `%name%` inside a value, or a connection by its name. */

import type { Binding, Bindings } from '../app/rpc.ts';
import { HostError } from '../errors.ts';

/** A copy of the bindings with every `%setting%` replaced; throws naming function and setting when there is none. */
export function resolveReferences(functionName: string, bindings: Bindings): Bindings {
  const resolve = (property: string, text: string) =>
    text.replace(/%([^%\s]+)%/g, (_, setting: string) => {
      const value = process.env[setting];
      if (value !== undefined) {
        return value;
      }
      throw new HostError(
        `Function "${functionName}" refers to the setting "${setting}" in its ${property}, and there is none: ` +
          'add it to Values of local.settings.json or to the environment.',
      );
    });
  const resolveAll = (binding: Binding): Binding =>
    Object.fromEntries(
      Object.entries(binding).map(([name, value]) => [name, typeof value === 'string' ? resolve(name, value) : value]),
    ) as Binding;
  return Object.fromEntries(Object.entries(bindings).map(([name, binding]) => [name, resolveAll(binding)]));
}

/**
 * The storage connection string that `connection` names, by default `AzureWebJobsStorage`; the setting may carry the
 * prefix `AzureWebJobs`, which Azure looks up first. Identity-based connections (`…__serviceUri`) are refused.
 */
export function connectionString(functionName: string, connection: unknown): string {
  const name = typeof connection === 'string' && connection !== '' ? connection : 'AzureWebJobsStorage';
  const value = process.env[`AzureWebJobs${name}`] ?? process.env[name];
  if (value !== undefined && value !== '') {
    return value;
  }
  const identity = Object.keys(process.env).some((setting) => setting.startsWith(`${name}__`));
  throw new HostError(
    identity
      ? `Function "${functionName}" connects to storage by identity (${name}__…): this host needs a connection string in ${name}.`
      : `Function "${functionName}" needs the setting "${name}" with a storage connection string, ` +
          'for example UseDevelopmentStorage=true.',
  );
}
