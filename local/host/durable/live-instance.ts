/** A running instance in memory: what is stored of it, what it has been told since, and the work begun for it. */

import { eventTypes, type HistoryEvent, type Message, openWork, outcomeOf, type ScheduledEvent } from './history.ts';
import type { Instance } from './instance.ts';
import type { Stored } from './store/store.ts';

/** What became of a message: it is in the stored history, or the instance had ended before. */
export type Receipt = 'taken' | 'gone';

/** A message on its way into the history. */
export interface Letter {
  readonly message: Message;
  readonly settle: (receipt: Receipt) => void;
  readonly fail: (error: unknown) => void;
}

export class LiveInstance {
  readonly id: string;
  /** Undefined for a new one, of another execution for one that takes the place of what has ended. */
  stored: Stored | undefined;
  instance: Instance;
  /** While an episode is on its way, or the first may not begin yet. */
  isHeld = false;
  /** True once it has been purged: from then on nothing of it is started or stored. */
  isGone = false;
  mail: Letter[] = [];
  /** Work begun in this process, by its number in the history, with what cancels it. */
  readonly begun = new Map<number, AbortController>();
  /** Work that another process may be doing: its visibility timeout has not ended. */
  readonly hidden = new Set<number>();
  /** When a host that stopped in good order gave the instance back: what was scheduled until then is not in flight. */
  readonly releasedAt: string | undefined;

  constructor(instance: Instance, stored: Stored | undefined, releasedAt?: string) {
    this.releasedAt = releasedAt;
    this.id = instance.id;
    this.instance = instance;
    this.stored = stored;
  }

  /** Of the current execution. */
  get history(): readonly HistoryEvent[] {
    return this.stored?.instance.executionId === this.instance.executionId ? this.stored.history : [];
  }

  /** Work in the history that has no outcome. */
  get open(): Map<number, HistoryEvent & ScheduledEvent> {
    return openWork(this.history);
  }

  /** Whether it waits for activities or sub-orchestrations. */
  get hasWork(): boolean {
    return [...this.open.values()].some(({ EventType }) => EventType !== eventTypes.TimerCreated);
  }

  /** Puts a message into the mail; resolves once it is stored or too late. */
  post(message: Message): Promise<Receipt> {
    return new Promise((settle, fail) => this.mail.push({ message, settle, fail }));
  }

  /** Posts what an execution is told first. */
  async postStart(): Promise<Receipt> {
    const { name, version, carried } = this.instance;
    const started = { EventType: eventTypes.ExecutionStarted, Name: name, ...(version && { Version: version }) };
    const [receipt] = await Promise.all([this.post(started), ...carried.map((message) => this.post(message))]);
    return receipt;
  }

  takeMail(): Letter[] {
    const letters = this.mail;
    this.mail = [];
    return letters;
  }

  /** The messages among letters that mean something: the first outcome of work that is open, and every order. */
  relevant(letters: readonly Letter[]): Message[] {
    const { open } = this;
    return letters
      .map(({ message }) => message)
      .filter((message) => {
        const id = outcomeOf(message);
        return id === undefined || open.delete(id);
      });
  }

  /** Forgets work that has been done, so that nothing is left to cancel. */
  finish(id: number, canceled: AbortSignal): void {
    if (this.begun.get(id)?.signal === canceled) {
      this.begun.delete(id);
    }
  }

  /** Cancels the work begun here that is waited for no more. */
  cancelAllBut(openIds: ReadonlySet<number> = new Set()): void {
    for (const [id, canceled] of this.begun) {
      if (!openIds.has(id)) {
        canceled.abort();
        this.begun.delete(id);
      }
    }
  }
}
