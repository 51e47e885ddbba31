/** Timer triggers: an NCRONTAB schedule, a run at start where asked for or missed, never two runs of one function at once. */

import type { AppFunction } from '../app/function.ts';
import type { TriggerInput } from '../app/invocations.ts';
import { invokeWithRetry } from '../app/retry.ts';
import { HostError } from '../errors.ts';
import { parseSchedule, type Schedule } from './ncrontab.ts';
import { afterRun, resume, type TimerMonitor, type TimerStatus, timerMonitor } from './timer-status.ts';
import type { TriggerHost, TriggerKind } from './trigger.ts';

export const timerTrigger: TriggerKind = {
  type: 'timerTrigger',
  honoursRetry: true,
  async start(fn, host) {
    const schedule = scheduleOf(fn);
    const monitor = isMonitored(fn, schedule, host.clock.now()) ? timerMonitor(host.dataDirectory, fn.name) : undefined;
    const status = resume(await monitor?.read(), schedule, host.clock.now());
    await monitor?.write(status);
    const stopped = new AbortController();
    const timer = new Timer(fn, schedule, monitor, host, status);
    const running = timer.run(fn.trigger.runOnStartup === true, stopped.signal);
    return {
      inputFromText: () => timer.input('By hand', false),
      async stop() {
        stopped.abort();
        await running;
      },
    };
  },
};

class Timer {
  readonly #fn: AppFunction;
  readonly #schedule: Schedule;
  readonly #monitor: TimerMonitor | undefined;
  readonly #host: TriggerHost;
  #status: TimerStatus;

  constructor(
    fn: AppFunction,
    schedule: Schedule,
    monitor: TimerMonitor | undefined,
    host: TriggerHost,
    status: TimerStatus,
  ) {
    this.#fn = fn;
    this.#schedule = schedule;
    this.#monitor = monitor;
    this.#host = host;
    this.#status = status;
  }

  /** Fires until `signal` aborts. What came due during a run fires once, right after it. */
  async run(onStartup: boolean, signal: AbortSignal): Promise<void> {
    const { clock } = this.#host;
    const isPastDue = clock.now() > this.#status.next;
    if (isPastDue) await this.#fire('Timer is past due', true, signal);
    else if (onStartup) await this.#fire('RunOnStartup', false, signal);
    while (await clock.sleep(Math.max(0, Number(this.#status.next) - Number(clock.now())), signal)) {
      await this.#fire('Timer fired', false, signal);
    }
  }

  input(reason: string, isPastDue: boolean): TriggerInput {
    const { last, next, lastUpdated } = this.#status;
    const timer = {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: this.#monitor && { Last: last ?? '0001-01-01T00:00:00Z', Next: next, LastUpdated: lastUpdated },
      IsPastDue: isPastDue,
    };
    return { data: { json: JSON.stringify(timer) }, reason };
  }

  /** A run that fails is in the log and does not stop the schedule. */
  async #fire(reason: string, isPastDue: boolean, signal: AbortSignal): Promise<void> {
    const due = this.#status.next;
    const time = this.#host.clock.now();
    const isScheduled = reason === 'Timer fired';
    await invokeWithRetry(this.#fn, this.input(reason, isPastDue), this.#host, signal).catch(() => {});
    this.#status = afterRun(isScheduled ? due : time, time, this.#schedule);
    await this.#monitor?.write(this.#status);
  }
}

function scheduleOf({ name, trigger: { schedule } }: AppFunction): Schedule {
  if (typeof schedule !== 'string') throw new HostError(`Function "${name}" has a timer trigger without a schedule.`);
  try {
    return parseSchedule(schedule, process.env.WEBSITE_TIME_ZONE ?? 'UTC');
  } catch (error) {
    if (error instanceof HostError) throw new HostError(`Function "${name}": ${error.message}`, { cause: error });
    throw error;
  }
}

/** Azure never monitors a schedule that runs more often than once a minute. */
function isMonitored({ trigger }: AppFunction, schedule: Schedule, now: Date): boolean {
  const next = schedule.nextAfter(now);
  return trigger.useMonitor !== false && Number(schedule.nextAfter(next)) - Number(next) >= 60_000;
}
