/** When a timer ran last and is due next, kept in a file so that a restart notices what it missed. */

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { readJsonFile } from '../settings/json-file.ts';
import type { Schedule } from './ncrontab.ts';

export interface TimerStatus {
  /** Undefined until the timer has run. */
  readonly last?: Date | undefined;
  readonly next: Date;
  readonly lastUpdated: Date;
}

const stored = z
  .object({ last: z.coerce.date().optional(), next: z.coerce.date(), lastUpdated: z.coerce.date() })
  .nullable();

/** Where the status of one function is kept; a timer without monitor has none. */
export interface TimerMonitor {
  read(): Promise<TimerStatus | undefined>;
  write(status: TimerStatus): Promise<void>;
}

/** Keeps the status of a function in `timers/<name>.json` of the data folder, replaced as a whole. */
export function timerMonitor(dataDirectory: string, functionName: string): TimerMonitor {
  const path = join(dataDirectory, 'timers', `${functionName}.json`);
  return {
    read: async () => (await readJsonFile(path, stored, null)) ?? undefined,
    async write(status) {
      await mkdir(dirname(path), { recursive: true });
      // Another host of the same folder may write its own at the same moment.
      const draft = `${path}.${process.pid}.new`;
      await writeFile(draft, JSON.stringify(status));
      await rename(draft, path);
    },
  };
}

/**
 * The status to start with: a missed occurrence leaves `next` in the past; a first start or a schedule that has been
 * changed since starts anew.
 */
export function resume(saved: TimerStatus | undefined, schedule: Schedule, now: Date): TimerStatus {
  const expected = saved && schedule.nextAfter(saved.last ?? saved.lastUpdated);
  if (saved !== undefined && expected?.getTime() === saved.next.getTime()) {
    return saved;
  }
  return { next: schedule.nextAfter(now), lastUpdated: now };
}

/** The status after a run that started at `time`; one that fired slightly before its time counts as having fired when due. */
export function afterRun(due: Date, time: Date, schedule: Schedule): TimerStatus {
  const last = due > time ? due : time;
  return { last, next: schedule.nextAfter(last), lastUpdated: last };
}
