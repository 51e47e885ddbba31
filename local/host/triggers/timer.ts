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
    const timer = new Timer({ fn, schedule, monitor, host }, status);
    const stopped = new AbortController();
    const running = timer.run(fn.trigger.runOnStartup === true, stopped.signal);
    return {
      inputFromText: () => timer.input('Run by hand', false),
      async stop() {
        stopped.abort();
        await running;
      },
    };
  },
};

/** The reason of a run at its time. */
const scheduled = 'Schedule';

interface TimerSetup {
  readonly fn: AppFunction;
  readonly schedule: Schedule;
  /** Undefined for a timer that is not monitored. */
  readonly monitor: TimerMonitor | undefined;
  readonly host: TriggerHost;
}

class Timer {
  readonly #setup: TimerSetup;
  #status: TimerStatus;

  constructor(setup: TimerSetup, status: TimerStatus) {
    this.#setup = setup;
    this.#status = status;
  }

  /** Fires until `signal` aborts. What came due during a run fires once, right after it. */
  async run(onStartup: boolean, signal: AbortSignal): Promise<void> {
    const { clock } = this.#setup.host;
    const isPastDue = clock.now() > this.#status.next;
    if (isPastDue) {
      await this.#fire('Missed schedule', true, signal);
    } else if (onStartup) {
      await this.#fire('Start of the host', false, signal);
    }
    while (await clock.sleep(Math.max(0, Number(this.#status.next) - Number(clock.now())), signal)) {
      await this.#fire(scheduled, false, signal);
    }
  }

  input(reason: string, isPastDue: boolean): TriggerInput {
    const { last, next, lastUpdated } = this.#status;
    const timer = {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: this.#setup.monitor && {
        Last: last ?? '0001-01-01T00:00:00Z',
        Next: next,
        LastUpdated: lastUpdated,
      },
      IsPastDue: isPastDue,
    };
    return { data: { json: JSON.stringify(timer) }, reason };
  }

  /** A run that fails is in the log and does not stop the schedule. */
  async #fire(reason: string, isPastDue: boolean, signal: AbortSignal): Promise<void> {
    const { fn, schedule, monitor, host } = this.#setup;
    const time = host.clock.now();
    const due = reason === scheduled ? this.#status.next : time;
    await invokeWithRetry(fn, this.input(reason, isPastDue), host, signal).catch(() => {});
    this.#status = afterRun(due, time, schedule);
    await monitor?.write(this.#status);
  }
}

/** Hours are UTC, Azure's default, unless `WEBSITE_TIME_ZONE` says otherwise; Core Tools take the machine's zone. */
function scheduleOf({ name, trigger: { schedule } }: AppFunction): Schedule {
  if (typeof schedule !== 'string') {
    throw new HostError(`Function "${name}" has a timer trigger without a schedule.`);
  }
  try {
    return parseSchedule(schedule, process.env.WEBSITE_TIME_ZONE ?? 'UTC');
  } catch (error) {
    if (error instanceof HostError) {
      throw new HostError(`Function "${name}": ${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** Azure never monitors a schedule that runs more often than once a minute. */
function isMonitored({ trigger }: AppFunction, schedule: Schedule, now: Date): boolean {
  const next = schedule.nextAfter(now);
  return trigger.useMonitor !== false && Number(schedule.nextAfter(next)) - Number(next) >= 60_000;
}
