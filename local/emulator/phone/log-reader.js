/** Reads the wire log from where it left off. */

import { control } from './control.js';

/**
 * @typedef {{n: number, at: string, kind: string, method?: string, path?: string, body?: unknown, status?: number,
 *   headers?: object, operation?: string, replayed?: boolean, event?: string, url?: string, note?: string}} LogEntry
 */

export class LogReader {
  /** @type {LogEntry | undefined} */
  #last;

  /**
   * The entries that are new, and whether the log has begun anew, so that what was read before counts no longer. The last
   * entry is asked for again each time: a log without it is that of a reset or restarted emulator.
   *
   * @returns {Promise<{entries: LogEntry[], isAnew: boolean}>}
   */
  async read() {
    const last = this.#last;
    const entries = await since(last === undefined ? 0 : last.n - 1);
    const isAnew = last !== undefined && JSON.stringify(entries[0]) !== JSON.stringify(last);
    if (isAnew) {
      this.#last = undefined;
      return { ...(await this.read()), isAnew };
    }
    this.#last = entries.at(-1);
    return { entries: last === undefined ? entries : entries.slice(1), isAnew };
  }
}

/** @param {number} n @returns {Promise<LogEntry[]>} */
async function since(n) {
  return (await control.get(`log?since=${n}`)).entries;
}
