/** Sends all events of the emulator, at the time that the clock says and after the injected faults. */

import type { Clock } from '../clock.ts';
import type { CallbackKind, GridKind } from '../event-kinds.ts';
import type { Faults } from '../faults.ts';
import type { Log } from '../log.ts';

/** An event that a fault holds back is sent after this time at the latest (chosen here), so that it is never lost. */
const HOLD_AT_MOST_MS = 5000;

/**
 * How long the last event of a call waits for a receiver that has not answered the ones before (chosen here): a handler
 * may wait for the end of the call before it answers.
 */
const ANSWER_WITHIN_MS = 1000;

/** One event on its way to one receiver. */
export interface Outgoing {
  readonly kind: CallbackKind | GridKind;
  /** Call connection id or correlation id: faults reorder events within it. */
  readonly call: string;
  /** Follows everything of its call that was dispatched before, also what is sent again. */
  readonly isLast?: boolean;
  /** Makes one attempt to deliver; resolves when the attempt has ended, successfully or not. */
  send(): Promise<void>;
}

/** What is on its way to the receivers of a call. */
interface Traffic {
  /** The attempts that have no answer yet. */
  unanswered: number;
  /** The events that wait for another attempt. */
  waiting: number;
  /** What follows all of them. */
  last: Outgoing[];
}

export class Outbox {
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #log: Log;
  readonly #held = new Map<string, Outgoing[]>();
  readonly #traffic = new Map<string, Traffic>();
  readonly #listeners = new Set<(outgoing: Outgoing) => void>();
  #waiting = 0;

  constructor(clock: Clock, faults: Faults, log: Log) {
    this.#clock = clock;
    this.#faults = faults;
    this.#log = log;
  }

  /** Sends at once, unless a fault drops, duplicates, delays or holds back the event. */
  dispatch(outgoing: Outgoing): void {
    const { kind, call } = outgoing;
    const fault = (note: string): void => this.#log.add({ kind: 'fault', event: kind, note });
    if (this.#faults.take('dropEvent', [kind]) !== undefined) {
      fault('dropped');
      return;
    }
    if (this.#faults.take('duplicateEvent', [kind]) !== undefined) {
      fault('duplicated');
      this.#clock.schedule(0, () => this.#deliver(outgoing));
    }
    if (this.#faults.take('reorderEvents', [kind]) !== undefined) {
      fault('held back until the next event of the call has gone');
      this.#held.set(call, [...(this.#held.get(call) ?? []), outgoing]);
      this.#clock.schedule(HOLD_AT_MOST_MS, () => this.#release(call));
      return;
    }
    const delayMs = this.#faults.take('delayEventMs', [kind]);
    if (delayMs !== undefined) {
      fault(`delayed by ${delayMs} ms`);
    }
    this.#clock.schedule(delayMs ?? 0, () => this.#deliver(outgoing));
  }

  /** Resolves when the next event of the call, of one of the kinds, has been delivered, or when that takes too long. */
  delivered(call: string, kinds: readonly string[], atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const listener = (outgoing: Outgoing): void => {
        if (outgoing.call === call && kinds.includes(outgoing.kind)) {
          stop();
        }
      };
      const stop = (): void => {
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
      void this.#clock.wait(atMostMs).then(stop);
    });
  }

  /** The number of events that wait for another attempt. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Makes another attempt later. */
  sendAgain(delayMs: number, call: string, attempt: () => Promise<void>): void {
    const traffic = this.#trafficOf(call);
    this.#waiting += 1;
    traffic.waiting += 1;
    this.#clock.schedule(delayMs, () => {
      this.#waiting -= 1;
      traffic.waiting -= 1;
      return this.#send(call, attempt);
    });
  }

  async #deliver(outgoing: Outgoing): Promise<void> {
    const { call, isLast } = outgoing;
    const { unanswered, waiting, last } = this.#trafficOf(call);
    if (isLast && unanswered + waiting > 0) {
      last.push(outgoing);
      this.#clock.schedule(ANSWER_WITHIN_MS, () => this.#deliverLast(call));
      return;
    }
    await this.#send(call, () => outgoing.send());
    for (const listener of [...this.#listeners]) {
      listener(outgoing);
    }
    await this.#release(outgoing.call);
  }

  async #send(call: string, attempt: () => Promise<void>): Promise<void> {
    const traffic = this.#trafficOf(call);
    traffic.unanswered += 1;
    await attempt();
    traffic.unanswered -= 1;
    if (traffic.unanswered > 0 || traffic.waiting > 0) {
      return;
    }
    await this.#deliverLast(call);
    if (traffic.unanswered + traffic.waiting === 0) {
      this.#traffic.delete(call);
    }
  }

  /** Delivers what was to be the last of a call, unless something before it still has to be sent again. */
  async #deliverLast(call: string): Promise<void> {
    const traffic = this.#traffic.get(call);
    if (traffic === undefined || traffic.waiting > 0) {
      return;
    }
    for (const outgoing of traffic.last.splice(0)) {
      await this.#deliver({ ...outgoing, isLast: false });
    }
  }

  #trafficOf(call: string): Traffic {
    const known = this.#traffic.get(call);
    if (known !== undefined) {
      return known;
    }
    const traffic: Traffic = { unanswered: 0, waiting: 0, last: [] };
    this.#traffic.set(call, traffic);
    return traffic;
  }

  async #release(call: string): Promise<void> {
    const held = this.#held.get(call) ?? [];
    this.#held.delete(call);
    for (const outgoing of held) {
      await this.#deliver(outgoing);
    }
  }
}
