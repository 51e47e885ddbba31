/** Records the host's log and lets a test wait for an entry. */

import { EventEmitter, once } from 'node:events';
import type { LogEntry } from '../../../../local/host/host.ts';

export class LogRecorder {
  readonly entries: LogEntry[] = [];
  readonly #added = new EventEmitter();

  readonly sink = (entry: LogEntry): void => {
    this.entries.push(entry);
    this.#added.emit('entry');
  };

  /** Messages that the app itself logged in a function. */
  messagesOf(functionName: string): string[] {
    return this.entries
      .filter(({ category }) => category === `Function.${functionName}.User`)
      .map((one) => one.message);
  }

  /** The first `count` entries that match, as soon as there are as many. */
  async matching(matches: (entry: LogEntry) => boolean, count = 1): Promise<LogEntry[]> {
    for (;;) {
      const found = this.entries.filter(matches);
      if (found.length >= count) {
        return found.slice(0, count);
      }
      await once(this.#added, 'entry');
    }
  }

  /** Waits until a function has run `count` times, whatever its outcome. */
  executed(functionName: string, count = 1): Promise<LogEntry[]> {
    return this.matching((entry) => entry.functionName === functionName && entry.message.startsWith('Executed'), count);
  }
}
