/**
 * Works on running instances. Each has one episode at a time; its result is stored before any of it takes
 * effect, so that a crash at any moment causes work to be done again, and loses none.
 */

import type { Clock } from '../clock.ts';
import { runEpisode } from './episode.ts';
import type { DurableFunctions } from './functions.ts';
import { eventTypes, type HistoryEvent, type Message, outcomeOf, type ScheduledEvent } from './history.ts';
import type { InFlight } from './in-flight.ts';
import { hasEnded } from './instance.ts';
import type { LiveInstance, QueuedMessage, Receipt } from './live-instance.ts';
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
   * Starts the open work in the history of a loaded instance, as soon as no other process can be doing it; an execution without
   * a history gets its start event.
   */
  take(live: LiveInstance): void {
    const { clock, visibility } = this.#setup;
    const hidden = (event: HistoryEvent & ScheduledEvent) => hiddenMs(event, visibility, live.releasedAt, clock.now());
    this.#start(live, [...live.open.values()], hidden);
    if (live.history.length === 0) {
      this.#setup.inFlight.add(live.postStart());
    }
    this.wake(live);
  }

  /** Delivers a message to an instance; resolves once it is stored, or when the instance has ended. */
  deliver(live: LiveInstance, message: Message): Promise<Receipt> {
    if (live.isGone || hasEnded(live.instance)) {
      return Promise.resolve('gone');
    }
    const receipt = live.post(message);
    this.wake(live);
    return receipt;
  }

  /** Processes the inbox of an instance. */
  wake(live: LiveInstance): void {
    this.#setup.inFlight.add(this.#run(live));
  }

  /** Stops work on an instance that is being purged; its caller is not notified. */
  abandon(live: LiveInstance): void {
    live.isGone = true;
    live.cancelAllBut();
    settle(live.takeInbox(), 'gone');
  }

  /** Starts no more work. */
  stop(): void {
    this.#isStopping = true;
  }

  async #run(live: LiveInstance): Promise<void> {
    if (live.isHeld) {
      return;
    }
    live.isHeld = true;
    while (live.inbox.length > 0) {
      await this.#episode(live);
    }
    live.isHeld = false;
  }

  async #episode(live: LiveInstance): Promise<void> {
    const queued = live.takeInbox();
    try {
      const messages = live.relevant(queued);
      if (messages.length > 0 && !(await this.#advance(live, messages))) {
        await this.#reload(live, queued);
        return;
      }
      settle(queued, 'taken');
    } catch (error) {
      for (const { fail } of queued) {
        fail(error);
      }
    }
  }

  /** Runs an episode, stores its result, then starts the work that it scheduled. False when another host stored one first. */
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
      live.cancelAllBut(episode.openIds ?? new Set(live.startedWork.keys()));
      this.#start(live, episode.scheduled);
    }
    return true;
  }

  #end(live: LiveInstance): void {
    live.cancelAllBut();
    settle(live.takeInbox(), 'gone');
    this.#setup.onEnded(live);
  }

  /** Continues from what another host has stored; commands, and outcomes for this execution, are delivered again. */
  async #reload(live: LiveInstance, queued: readonly QueuedMessage[]): Promise<void> {
    const stored = await this.#setup.store.load(live.id);
    if (stored === undefined || live.isGone) {
      settle(queued, 'gone');
      this.abandon(live);
      this.#setup.onGone(live);
      return;
    }
    const isSame = stored.instance.executionId === live.instance.executionId;
    const stillApplies = ({ message }: QueuedMessage) =>
      message.EventType !== eventTypes.ExecutionStarted && (isSame || outcomeOf(message) === undefined);
    settle(
      queued.filter((one) => !stillApplies(one)),
      'gone',
    );
    if (!isSame) {
      live.cancelAllBut();
    }
    live.inbox.unshift(...queued.filter(stillApplies));
    live.stored = stored;
    live.instance = stored.instance;
    if (hasEnded(live.instance)) {
      this.#end(live);
    } else {
      this.take(live);
    }
  }

  #start<Event extends ScheduledEvent>(
    live: LiveInstance,
    events: readonly Event[],
    delayMsOf: (event: Event) => number = () => 0,
  ): void {
    for (const event of this.#isStopping || live.isGone ? [] : events) {
      if (!live.startedWork.has(event.EventId)) {
        const canceled = new AbortController();
        live.startedWork.set(event.EventId, canceled);
        this.#setup.inFlight.add(this.#do(live, event, delayMsOf(event), canceled.signal));
      }
    }
  }

  /** The outcome of work of an earlier execution is dropped. */
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

function settle(queued: readonly QueuedMessage[], receipt: Receipt): void {
  for (const message of queued) {
    message.settle(receipt);
  }
}
