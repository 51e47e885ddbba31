/** The settings of limits: what holds until `PUT /limits` says otherwise. */
import * as z from 'zod';
import { wholeNumber } from '../setting.ts';
import { everywhere, isDestination } from './destination.ts';
import type { Limits } from './limits.ts';
import { mostHeld } from './slots.ts';

export const limitShape = {
  ALLOWED_COUNTRIES: z
    .string()
    .transform((text) =>
      text
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .pipe(
      z.array(
        z
          .string()
          .refine((one) => isDestination(one) && !one.startsWith('+'), 'expected countries such as US,CA, or *'),
      ),
    )
    .optional()
    .meta({
      description:
        'Countries whose numbers are dialed, such as `US,CA`, or `*` for every one; unset, none, and every one in local mode. ' +
        'Premium, shared-cost, personal and satellite ranges are not dialed unless `PUT /limits` names them',
    }),
  MAX_OPEN_CALLS: wholeNumber(0, mostHeld).optional().meta({
    description: 'The most calls that the app makes or joins at once, over all instances; unset, as many as ACS allows',
  }),
  MAX_OPEN_CALLS_PER_CALLER_ID: wholeNumber(0, mostHeld).optional().meta({
    description: 'Of these, the most with the same caller id',
  }),
  MAX_CALLS_PER_SECOND: wholeNumber(0, 1000).optional().meta({
    description: 'How many requests a second have ACS call someone: those that create, add, transfer or redirect',
  }),
  MAX_TARGETS: wholeNumber(1, 350).default(20).meta({ description: 'The most people whom one request calls' }),
  MAX_CALL_MINUTES: wholeNumber(1, 1440)
    .default(240)
    .meta({ description: 'Minutes for which a call lives; the app ends those that live longer' }),
  MAX_REDIRECTS: wholeNumber(1, 100).default(5).meta({
    description: 'How often a call may be redirected, over all legs and instances; then it is left ringing',
  }),
  LIMITS_CACHE_SECONDS: wholeNumber(0, 3600).default(10).meta({
    description: 'How long an instance caches what `PUT /limits` has stored',
  }),
};

export interface LimitSettings {
  readonly limits: Limits;
  readonly cacheSeconds: number;
}

/** The limits by the settings. Outside local mode no country is allowed that is not named. */
export function limitSettings(settings: z.output<z.ZodObject<typeof limitShape>>, isLocal: boolean): LimitSettings {
  return {
    limits: {
      allowedDestinations: settings.ALLOWED_COUNTRIES ?? (isLocal ? [everywhere] : []),
      maxOpenCalls: settings.MAX_OPEN_CALLS ?? null,
      maxOpenCallsPerCallerId: settings.MAX_OPEN_CALLS_PER_CALLER_ID ?? null,
      maxCallsPerSecond: settings.MAX_CALLS_PER_SECOND ?? null,
      maxTargets: settings.MAX_TARGETS,
      maxCallMinutes: settings.MAX_CALL_MINUTES,
      maxRedirects: settings.MAX_REDIRECTS,
    },
    cacheSeconds: settings.LIMITS_CACHE_SECONDS,
  };
}
