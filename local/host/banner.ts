/** The list of functions that the host prints when it is ready. */

import type { HostedFunction } from './host.ts';

/** One aligned line per function: its methods and URL, or its trigger. */
export function functionList(functions: readonly HostedFunction[]): string {
  const width = Math.max(...functions.map(({ name }) => name.length));
  const lines = functions.map((fn) => `  ${`${fn.name}:`.padEnd(width + 1)} ${addressOf(fn)}\n`);
  return `\nFunctions:\n\n${lines.join('')}\n`;
}

function addressOf({ trigger, route, methods = [] }: HostedFunction): string {
  if (route === undefined) {
    return trigger;
  }
  return `[${methods.join(',')}] ${route}${trigger === 'httpTrigger' ? '' : ` (${trigger})`}`;
}
