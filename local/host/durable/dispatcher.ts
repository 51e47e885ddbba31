/**
 * Works on running instances. Each has one episode at a time; what an episode comes to is stored before anything of it is
 * done or told, so that a crash at any moment repeats work and never loses any.
 */

import type { Clock } from '../clock.ts';
import { runEpisode } from './episode.ts';
import type { DurableFunctions } from './functions.ts';
import { eventTypes, type HistoryEvent, type Message, outcomeOf, type ScheduledEvent } from './history.ts';
import type { InFlight } from './in-flight.ts';
import { hasEnded } from './instance.ts';
import type { Letter, LiveInstance, Receipt } from './live-instance.ts';
import type { OpenWork } from './open-work.ts';
import { Slots } from './slots.ts';
import type { InstanceStore } from './store/store.ts';
import { hiddenMs, type Visibility } from './visibility.ts';

export interface DispatcherSetup {
  readonly store: InstanceStore;
  readonly functions: DurableFunctions;
  readonly clock: Clock;
  readonly inFlight: InFlight;
  /** How many episodes may run at once. */
  readonly orchestratorCount: number;
  readonly work: OpenWork;
  readonly visibility: Visibility;
  /** Called when an instance has ended, once that is stored. */
  readonly onEnded: (live: LiveInstance) => void;
  /** Called when an instance has been purged, here or by another host. */
  readonly onGone: (live: LiveInstance) => void;
}

export class Dispatcher {
  readonly #setup: DispatcherSetup;
  readonly #slots: Slots;
  #isStopping = false;

  constructor(setup: DispatcherSetup) {
    this.#setup = setup;
    this.#slots = new Slots(setup.orchestratorCount);
  }

  /**
   * Begins what is open in the history of a loaded instance, as soon as no other process can be at it; an execution without
   * a history gets its start event.
   */
  take(live: LiveInstance): void {
    const { clock, visibility } = this.#setup;
    const hidden = (event: HistoryEvent & ScheduledEvent) => hiddenMs(event, visibility, live.releasedAt, clock.now());
    this.#begin(live, [...live.open.values()], hidden);
    if (live.history.length === 0) {
      this.#setup.inFlight.add(live.postStart());
    }
    this.wake(live);
  }

  /** Tells an instance something; resolves once that is stored, or when it is too late. */
  deliver(live: LiveInstance, message: Message): Promise<Receipt> {
    if (live.isGone || hasEnded(live.instance)) {
      return Promise.resolve('gone');
    }
    const receipt = live.post(message);
    this.wake(live);
    return receipt;
  }

  /** Has the mail of an instance read. */
  wake(live: LiveInstance): void {
    this.#setup.inFlight.add(this.#run(live));
  }

  /** Stops work on an instance that is being purged; its caller is not notified. */
  abandon(live: LiveInstance): void {
    live.isGone = true;
    live.cancelAllBut();
    settle(live.takeMail(), 'gone');
  }

  /** Begins nothing more. */
  stop(): void {
    this.#isStopping = true;
  }

  async #run(live: LiveInstance): Promise<void> {
    if (live.isHeld) {
      return;
    }
    live.isHeld = true;
    while (live.mail.length > 0) {
      await this.#episode(live);
    }
    live.isHeld = false;
  }

  async #episode(live: LiveInstance): Promise<void> {
    const letters = live.takeMail();
    try {
      const messages = live.relevant(letters);
      if (messages.length > 0 && !(await this.#advance(live, messages))) {
        await this.#reload(live, letters);
        return;
      }
      settle(letters, 'taken');
    } catch (error) {
      for (const { fail } of letters) {
        fail(error);
      }
    }
  }

  /** Runs an episode, stores what it came to, then does what it asked for. False when another host was faster. */
  async #advance(live: LiveInstance, messages: readonly Message[]): Promise<boolean> {
    const { functions, clock, store } = this.#setup;
    const episode = await this.#slots.run(() => runEpisode(live, messages, functions, clock.now()));
    const stored = await store.commit(live.stored, episode.instance, episode.events);
    if (stored === undefined) {
      return false;
    }
    const { stored: before } = live;
    const isContinued = stored.instance.executionId !== live.instance.executionId;
    if (before !== undefined && before.instance.executionId !== stored.instance.executionId) {
      this.#setup.inFlight.add(store.discard(before));
    }
    live.stored = stored;
    live.instance = stored.instance;
    if (hasEnded(stored.instance)) {
      this.#end(live);
    } else if (isContinued) {
      live.cancelAllBut();
      this.take(live);
    } else {
      live.cancelAllBut(episode.openIds ?? new Set(live.begun.keys()));
      this.#begin(live, episode.scheduled);
    }
    return true;
  }

  #end(live: LiveInstance): void {
    live.cancelAllBut();
    settle(live.takeMail(), 'gone');
    this.#setup.onEnded(live);
  }

  /** Goes on from what another host has stored; orders, and outcomes for this execution, are told again. */
  async #reload(live: LiveInstance, letters: readonly Letter[]): Promise<void> {
    const stored = await this.#setup.store.load(live.id);
    if (stored === undefined || live.isGone) {
      settle(letters, 'gone');
      this.abandon(live);
      this.#setup.onGone(live);
      return;
    }
    const isSame = stored.instance.executionId === live.instance.executionId;
    const isStillMeant = ({ message }: Letter) =>
      message.EventType !== eventTypes.ExecutionStarted && (isSame || outcomeOf(message) === undefined);
    settle(
      letters.filter((letter) => !isStillMeant(letter)),
      'gone',
    );
    if (!isSame) {
      live.cancelAllBut();
    }
    live.mail.unshift(...letters.filter(isStillMeant));
    live.stored = stored;
    live.instance = stored.instance;
    if (hasEnded(live.instance)) {
      this.#end(live);
    } else {
      this.take(live);
    }
  }

  #begin<Event extends ScheduledEvent>(
    live: LiveInstance,
    events: readonly Event[],
    delayMsOf: (event: Event) => number = () => 0,
  ): void {
    for (const event of this.#isStopping || live.isGone ? [] : events) {
      if (!live.begun.has(event.EventId)) {
        const canceled = new AbortController();
        live.begun.set(event.EventId, canceled);
        this.#setup.inFlight.add(this.#do(live, event, delayMsOf(event), canceled.signal));
      }
    }
  }

  /** The outcome of work of an earlier execution is told to nobody. */
  async #do(live: LiveInstance, event: ScheduledEvent, delayMs: number, canceled: AbortSignal): Promise<void> {
    const { instance } = live;
    const { clock, work } = this.#setup;
    if (delayMs > 0) {
      live.hidden.add(event.EventId);
      if (!(await clock.sleep(delayMs, canceled))) {
        return;
      }
      live.hidden.delete(event.EventId);
    }
    const outcome = await work.do(event, { instance, canceled });
    live.finish(event.EventId, canceled);
    if (outcome !== undefined && live.instance.executionId === instance.executionId) {
      await this.deliver(live, outcome);
    }
  }
}

function settle(letters: readonly Letter[], receipt: Receipt): void {
  for (const letter of letters) {
    letter.settle(receipt);
  }
}
