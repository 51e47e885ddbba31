/** A running instance in memory: its stored state, the messages received since, and the work started for it. */

import { eventTypes, type HistoryEvent, type Message, openWork, outcomeOf, type ScheduledEvent } from './history.ts';
import type { Instance } from './instance.ts';
import type { Stored } from './store/store.ts';

/** Result of a delivery: the message is in the stored history, or the instance had ended before. */
export type Receipt = 'taken' | 'gone';

/** A message on its way into the history. */
export interface QueuedMessage {
  readonly message: Message;
  readonly settle: (receipt: Receipt) => void;
  readonly fail: (error: unknown) => void;
}

export class LiveInstance {
  readonly id: string;
  /** Undefined for a new one, of another execution for one that replaces an ended instance. */
  stored: Stored | undefined;
  instance: Instance;
  /** While an episode is on its way, or the first may not start yet. */
  isHeld = false;
  /** True once it has been purged: from then on nothing of it is started or stored. */
  isGone = false;
  inbox: QueuedMessage[] = [];
  /** Work started in this process, by its number in the history, with what cancels it. */
  readonly startedWork = new Map<number, AbortController>();
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

  /** Queues a message; resolves once it is stored, or when the instance has ended. */
  post(message: Message): Promise<Receipt> {
    return new Promise((settle, fail) => this.inbox.push({ message, settle, fail }));
  }

  /** Queues the first messages of an execution. */
  async postStart(): Promise<Receipt> {
    const { name, version, carried } = this.instance;
    const started = { EventType: eventTypes.ExecutionStarted, Name: name, ...(version && { Version: version }) };
    const [receipt] = await Promise.all([this.post(started), ...carried.map((message) => this.post(message))]);
    return receipt;
  }

  takeInbox(): QueuedMessage[] {
    const messages = this.inbox;
    this.inbox = [];
    return messages;
  }

  /** The queued messages that have an effect: the first outcome of open work, and every command. */
  relevant(queued: readonly QueuedMessage[]): Message[] {
    const { open } = this;
    return queued
      .map(({ message }) => message)
      .filter((message) => {
        const id = outcomeOf(message);
        return id === undefined || open.delete(id);
      });
  }

  /** Drops finished work, so that nothing is left to cancel. */
  finish(id: number, canceled: AbortSignal): void {
    if (this.startedWork.get(id)?.signal === canceled) {
      this.startedWork.delete(id);
    }
  }

  /** Cancels the work started here whose result is no longer awaited. */
  cancelAllBut(openIds: ReadonlySet<number> = new Set()): void {
    for (const [id, canceled] of this.startedWork) {
      if (!openIds.has(id)) {
        canceled.abort();
        this.startedWork.delete(id);
      }
    }
  }
}
