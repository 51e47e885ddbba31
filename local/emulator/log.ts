/** The wire log: numbered requests, answers, events and deliveries in a ring buffer. */

import type { Clock } from './clock.ts';

/** One line of the log. Bodies are kept as they were sent, except for tokens and signatures. */
export interface LogEntry {
  readonly n: number;
  readonly at: string;
  readonly kind: 'request' | 'response' | 'event' | 'delivery' | 'download' | 'speech' | 'fault';
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly status?: number;
  /** Name of the REST operation of a request or response. */
  readonly operation?: string;
  /** True on a response that was kept from an earlier request with the same Repeatability-Request-ID. */
  readonly replayed?: boolean;
  /** Short kind of an event, e.g. `CallConnected`. */
  readonly event?: string;
  /** Where an event goes or went, or where a file was fetched, as the app wrote it. */
  readonly url?: string;
  /** What went wrong with a delivery or a download, or what a fault did. */
  readonly note?: string;
}

const MAX_ENTRIES = 10_000;

/**
 * The most characters of JSON that the bodies of all entries have together (chosen here): a request may have a
 * megabyte.
 */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/**
 * Headers that mean something to a reader and are the same in every run of a script. Dates, ids of the client's
 * transport, hosts and signatures would make two runs differ or leak a credential.
 */
const LOGGED_HEADERS = [
  'aeg-event-type',
  'content-range',
  'content-type',
  'range',
  'repeatability-request-id',
  'repeatability-result',
  'retry-after',
  'x-microsoft-skype-chain-id',
];

/** Keeps the headers that belong in the log. */
export function loggedHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (LOGGED_HEADERS.includes(name.toLowerCase()) && typeof value === 'string') {
      kept[name.toLowerCase()] = value;
    }
  }
  return kept;
}

/** Replaces the value of every `token` property and the signature of every SAS: neither belongs in a log. */
function withoutSecrets(body: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map(withoutSecrets);
  }
  if (typeof body === 'string') {
    return body.replace(/([?&]sig=)[^&\s]+/g, '$1(signature)');
  }
  if (typeof body !== 'object' || body === null) {
    return body;
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, key === 'token' ? '(token)' : withoutSecrets(value)]),
  );
}

interface Kept {
  readonly entry: LogEntry;
  readonly characters: number;
}

export class Log {
  readonly #clock: Clock;
  readonly #onEntry: (entry: LogEntry) => void;
  #kept: Kept[] = [];
  #characters = 0;
  #count = 0;

  constructor(clock: Clock, onEntry: (entry: LogEntry) => void) {
    this.#clock = clock;
    this.#onEntry = onEntry;
  }

  /** Numbers and keeps an entry; the oldest go when there are more than 10,000, or their bodies are too large. */
  add(entry: Omit<LogEntry, 'n' | 'at'>): void {
    const at = new Date(this.#clock.now()).toISOString();
    const numbered: LogEntry = { n: ++this.#count, at, ...entry };
    if (entry.body !== undefined) {
      Object.assign(numbered, { body: withoutSecrets(entry.body) });
    }
    const characters = numbered.body === undefined ? 0 : JSON.stringify(numbered.body).length;
    this.#kept.push({ entry: numbered, characters });
    this.#characters += characters;
    this.#trim();
    this.#onEntry(numbered);
  }

  /** The entries after number `since`, oldest first. */
  since(since: number): readonly LogEntry[] {
    const entries = this.#kept.slice(-MAX_ENTRIES).map(({ entry }) => entry);
    return entries.filter(({ n }) => n > since);
  }

  // Trimmed in blocks: shifting one entry at a time would move the whole array for each line.
  #trim(): void {
    if (this.#kept.length <= MAX_ENTRIES * 1.1 && this.#characters <= MAX_CHARACTERS * 1.1) {
      return;
    }
    let first = Math.max(0, this.#kept.length - MAX_ENTRIES);
    this.#characters = this.#kept.slice(first).reduce((sum, { characters }) => sum + characters, 0);
    for (
      let kept = this.#kept[first];
      kept !== undefined && this.#characters > MAX_CHARACTERS;
      kept = this.#kept[first]
    ) {
      this.#characters -= kept.characters;
      first += 1;
    }
    this.#kept = this.#kept.slice(first);
  }
}
