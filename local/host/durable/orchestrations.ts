/** The instances of a task hub: starts them, delivers messages to them, finds them, in memory or in storage. */

import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { Dispatcher } from './dispatcher.ts';
import type { DurableFunctions } from './functions.ts';
import type { Message } from './history.ts';
import { InFlight } from './in-flight.ts';
import { hasEnded, type Instance, type Parent } from './instance.ts';
import { LiveInstance, type Receipt } from './live-instance.ts';
import { OpenWork, outcomeFor } from './open-work.ts';
import { Slots } from './slots.ts';
import { isSameCall, newInstance, type StartRequest } from './start-request.ts';
import type { RunningIndex } from './store/running-index.ts';
import type { InstanceStore, Stored } from './store/store.ts';
import type { Versions } from './versions.ts';
import type { Visibility } from './visibility.ts';

export interface OrchestrationsSetup {
  readonly store: InstanceStore;
  readonly index: RunningIndex;
  readonly functions: DurableFunctions;
  readonly clock: Clock;
  readonly log: Log;
  /** How many episodes, and how many activities, may run at once. */
  readonly orchestratorCount: number;
  readonly activityCount: number;
  readonly versions: Versions;
  /** Timeout of work that another process may have started. */
  readonly visibility: Visibility;
}

export interface Started {
  readonly instance: Instance;
  /** False for an instance that was there before. */
  readonly isNew: boolean;
}

/** An instance with its history. */
export type InstanceWithHistory = Pick<Stored, 'instance' | 'history'>;

/** How many instances are read side by side when the host starts. */
const readsAtOnce = 50;

export class Orchestrations {
  readonly #setup: OrchestrationsSetup;
  readonly #live = new Map<string, LiveInstance>();
  readonly #dispatcher: Dispatcher;
  readonly #inFlight: InFlight;
  #index: ReturnType<RunningIndex['read']> | undefined;

  constructor(setup: OrchestrationsSetup) {
    this.#setup = setup;
    this.#inFlight = new InFlight(setup.log);
    const work = new OpenWork({ ...setup, start: async (request) => (await this.start(request)).instance });
    this.#dispatcher = new Dispatcher({
      ...setup,
      work,
      inFlight: this.#inFlight,
      onEnded: (live) => this.#end(live),
      onGone: (live) => this.#drop(live),
    });
  }

  /** Takes up what ran when a host last stopped. Reads nothing of what has ended. */
  async resume(): Promise<void> {
    const running = await this.#readIndex();
    const slots = new Slots(readsAtOnce);
    await Promise.all([...running.keys()].map((id) => slots.run(() => this.#resume(id))));
  }

  /** Starts an instance, or finds the one that runs under its id; resolves once that is stored. */
  async start(request: StartRequest): Promise<Started> {
    const { index, clock, versions } = this.#setup;
    const version = request.version ?? versions.current;
    const { ended } = await this.#find(request.id);
    const running = this.#live.get(request.id);
    const existing = running?.instance ?? ended?.instance;
    if (existing !== undefined && (running !== undefined || isSameCall(existing.parent, request.parent))) {
      return { instance: existing, isNew: false };
    }
    const live = new LiveInstance(newInstance({ ...request, version }, existing, clock.now()), ended);
    this.#live.set(request.id, live);
    live.isHeld = true;
    const receipt = live.postStart();
    await index.add(request.id);
    live.isHeld = false;
    this.#log(live.instance, 'started');
    this.#dispatcher.wake(live);
    return { instance: live.instance, isNew: (await receipt) === 'taken' };
  }

  /** Delivers a message to an instance; resolves once it is stored. Undefined when there is no such instance. */
  async deliver(id: string, message: Message): Promise<Receipt | undefined> {
    const { live, ended } = await this.#find(id);
    return live === undefined ? ended && 'gone' : this.#dispatcher.deliver(live, message);
  }

  /**
   * Deletes all there is of an instance, running or not. Its caller is not notified: in Azure, too, an orchestration that
   * called a purged one waits on.
   */
  async purge(id: string): Promise<void> {
    const live = this.#live.get(id);
    if (live !== undefined) {
      this.#dispatcher.abandon(live);
      this.#drop(live);
    }
    await this.#setup.store.purge(id);
  }

  /** Undefined when there is no such instance. */
  async read(id: string): Promise<InstanceWithHistory | undefined> {
    return this.#live.get(id) ?? (await this.#setup.store.load(id));
  }

  /** Starts nothing more, leaves timers to the next start, and lets running work end and be stored. */
  async stop(): Promise<void> {
    for (const live of this.#live.values()) {
      live.cancelAllBut();
    }
    this.#dispatcher.stop();
    await this.#inFlight.idle();
    await this.#release();
  }

  /** Stores that the work it did not start any more is not in flight. */
  async #release(): Promise<void> {
    const { index, clock } = this.#setup;
    const idle = [...this.#live.values()].filter(({ hasWork, hidden }) => hasWork && hidden.size === 0);
    await index.release(
      idle.map(({ id }) => id),
      clock.now().toISOString(),
    );
  }

  async #find(id: string): Promise<{ live?: LiveInstance; ended?: Stored }> {
    const stored = this.#live.has(id) ? undefined : await this.#setup.store.load(id);
    const live = this.#live.get(id);
    if (live !== undefined || stored === undefined) {
      return live === undefined ? {} : { live };
    }
    if (hasEnded(stored.instance)) {
      return { ended: stored };
    }
    const running = await this.#readIndex();
    return { live: this.#live.get(id) ?? this.#adopt(stored, running.get(id)) };
  }

  /** Once: what other hosts release later is not seen. */
  #readIndex(): ReturnType<RunningIndex['read']> {
    this.#index ??= this.#setup.index.read();
    return this.#index;
  }

  #adopt(stored: Stored, releasedAt: string | undefined): LiveInstance {
    const live = new LiveInstance(stored.instance, stored, releasedAt);
    this.#live.set(live.id, live);
    this.#dispatcher.take(live);
    return live;
  }

  /** What cannot be read, because something of it was deleted, must not keep the others from going on. */
  async #resume(id: string): Promise<void> {
    try {
      const { live } = await this.#find(id);
      if (live === undefined) {
        this.#inFlight.add(this.#setup.index.remove(id));
      }
    } catch (error) {
      const why = `${messageOf(error)} It is tried again at the next start.`;
      this.#setup.log('error', 'Host.Durable', `Orchestration instance '${id}' cannot go on: ${why}`);
    }
  }

  #end(live: LiveInstance): void {
    const { instance } = live;
    const { parent, status, output } = instance;
    this.#drop(live);
    this.#log(instance, status === 'Failed' ? `failed: ${JSON.parse(output)}` : `ended (${status})`);
    if (parent !== undefined) {
      this.#inFlight.add(this.#notifyParent(parent, instance));
    }
  }

  /** Another instance may have been started under its id meanwhile. */
  #drop(live: LiveInstance): void {
    if (this.#live.get(live.id) === live) {
      this.#live.delete(live.id);
      this.#inFlight.add(this.#setup.index.remove(live.id));
    }
  }

  /** A parent that has gone on as another execution waits no more. */
  async #notifyParent({ instanceId, executionId, taskId }: Parent, child: Instance): Promise<void> {
    const { live } = await this.#find(instanceId);
    if (live?.instance.executionId === executionId) {
      await this.#dispatcher.deliver(live, outcomeFor(child, taskId));
    }
  }

  #log({ id, name, status }: Instance, what: string): void {
    const level = status === 'Failed' ? 'error' : 'information';
    this.#setup.log(level, 'Host.Durable', `Orchestration '${name}' ${what} (Instance='${id}')`, {
      functionName: name,
    });
  }
}
