/** Sends all events of the emulator, at the time that the clock says and after the injected faults. */

import type { Clock } from '../clock.ts';
import type { CallbackKind, GridKind } from '../event-kinds.ts';
import type { Faults } from '../faults.ts';
import type { Log } from '../log.ts';

/** An event that a fault holds back is sent after this time at the latest (chosen here), so that it is never lost. */
const HOLD_AT_MOST_MS = 5000;

/** One event on its way to one receiver. */
export interface Outgoing {
  readonly kind: CallbackKind | GridKind;
  /** Call connection id or correlation id: faults reorder events within it. */
  readonly call: string;
  /** Makes one attempt to deliver; resolves when the attempt has ended, successfully or not. */
  send(): Promise<void>;
}

export class Outbox {
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #log: Log;
  readonly #held = new Map<string, Outgoing[]>();
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
  sendAgain(delayMs: number, attempt: () => Promise<void>): void {
    this.#waiting += 1;
    this.#clock.schedule(delayMs, () => {
      this.#waiting -= 1;
      return attempt();
    });
  }

  async #deliver(outgoing: Outgoing): Promise<void> {
    await outgoing.send();
    for (const listener of [...this.#listeners]) {
      listener(outgoing);
    }
    await this.#release(outgoing.call);
  }

  async #release(call: string): Promise<void> {
    const held = this.#held.get(call) ?? [];
    this.#held.delete(call);
    for (const outgoing of held) {
      await this.#deliver(outgoing);
    }
  }
}
