/** What the parts print, translated into the lines of `npm run dev`. Pure. */

import type { TakeLine } from '../service.ts';
import { fromEmulator } from './from-emulator.ts';
import { fromHost } from './from-host.ts';
import type { Line } from './line.ts';

const readers: Readonly<Record<string, (text: string) => Line | undefined>> = {
  host: fromHost,
  emulator: fromEmulator,
  // Azurite prints where it listens, which the banner has too.
  storage: () => undefined,
};

/** The line to print; undefined when there is none. What a part writes to its error output is printed as it is. */
export function translate(...[service, text, output]: Parameters<TakeLine>): Line | undefined {
  return output === 'stderr' ? { who: service, what: text, tone: 'bad' } : readers[service]?.(text);
}
