/** Prints the wire log, one line for an entry. */

import type { LogEntry } from './log.ts';
import type { LogFormat } from './options.ts';

/** How an entry is printed in each format. */
export const printers: Readonly<Record<LogFormat, (entry: LogEntry) => void>> = {
  text: printText,
  json: (entry) => console.log(JSON.stringify(entry)),
};

function printText({ n, kind, method, path, operation, event, url, status, replayed, note }: LogEntry): void {
  const parts = [method, path ?? url, operation ?? event, status, replayed && '(replayed)', note];
  console.log(`${String(n).padStart(5)} ${kind.padEnd(8)} ${parts.filter((part) => part !== undefined).join(' ')}`);
}
