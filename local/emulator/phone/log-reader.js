/** Reads the new entries of the wire log. */

import { control } from './control.js';

/**
 * @typedef {{n: number, at: string, kind: string, method?: string, path?: string, body?: unknown, status?: number,
 *   headers?: object, operation?: string, replayed?: boolean, event?: string, url?: string, note?: string}} LogEntry
 */

export class LogReader {
  /** @type {LogEntry | undefined} */
  #last;

  /**
   * The entries that are new, and whether the log is a new one, which replaces the entries read before. Each read includes
   * the last entry: a log without it is that of a reset or restarted emulator.
   *
   * @returns {Promise<{entries: LogEntry[], isNewLog: boolean}>}
   */
  async read() {
    const last = this.#last;
    const entries = await since(last === undefined ? 0 : last.n - 1);
    const isNewLog = last !== undefined && JSON.stringify(entries[0]) !== JSON.stringify(last);
    if (isNewLog) {
      this.#last = undefined;
      return { ...(await this.read()), isNewLog };
    }
    this.#last = entries.at(-1);
    return { entries: last === undefined ? entries : entries.slice(1), isNewLog };
  }
}

/** @param {number} n @returns {Promise<LogEntry[]>} */
async function since(n) {
  return (await control.get(`log?since=${n}`)).entries;
}
