/** The limits in force as this instance knows them: read when they are needed and cached for the seconds of a setting. */
import type { LimitStore } from '../storage/limits.ts';
import { effectiveLimits, type Limits, type StoredLimits } from './limits.ts';
import type { LimitSettings } from './settings.ts';

export interface KnownLimits {
  /** The limits as last read, or those of the settings. */
  readonly known: Limits;
  /** The limits, read unless they were a moment ago. */
  current(): Promise<Limits>;
  /** Reads the limits. */
  read(): Promise<Limits>;
  /** Replaces what is stored. */
  put(stored: StoredLimits): Promise<Limits>;
}

/** Opens the limits. One storage transaction for each period of the cache in which they are needed. */
export function openLimits({ limits: settings, cacheSeconds }: LimitSettings, store: LimitStore): KnownLimits {
  let known = settings;
  let freshUntil = Number.NEGATIVE_INFINITY;
  let reading: Promise<Limits> | undefined;

  function keep(stored: StoredLimits | undefined): Limits {
    known = effectiveLimits(settings, stored);
    freshUntil = performance.now() + cacheSeconds * 1000;
    return known;
  }

  const read = async () => keep(await store.readLimits());

  return {
    get known() {
      return known;
    },
    async current() {
      if (performance.now() < freshUntil) {
        return known;
      }
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    read,
    async put(stored) {
      await store.putLimits(stored);
      return keep(stored);
    },
  };
}
