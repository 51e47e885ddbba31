/** Prints the wire log, one line for an entry. */

import type { LogEntry } from './log.ts';

export function printLogEntry({
  n,
  kind,
  method,
  path,
  operation,
  event,
  url,
  status,
  replayed,
  note,
}: LogEntry): void {
  const parts = [method, path ?? url, operation ?? event, status, replayed && '(replayed)', note];
  console.log(`${String(n).padStart(5)} ${kind.padEnd(8)} ${parts.filter((part) => part !== undefined).join(' ')}`);
}
