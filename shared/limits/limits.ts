/** The limits of what the app dials: the resource of the API, which overrides the settings. Pure. */
import * as z from 'zod';
import { defined } from '../operations/fields/defined.ts';
import { isDestination } from './destination.ts';
import { mostHeld } from './slots.ts';

/** A limit that is counted over all instances; none when null. */
function counted(most: number, description: string) {
  return z.int().min(0).max(most).nullable().meta({ description });
}

/** The limits in force. */
const limitsSchema = z.strictObject({
  allowedDestinations: z
    .array(z.string().refine(isDestination, 'expected a prefix such as +1425, a country such as US, or *'))
    .max(1000)
    .readonly()
    .meta({ description: 'Prefixes (`+1425`), countries (`US`), or `*`; costly ranges by prefix only' }),
  maxOpenCalls: counted(mostHeld, 'Calls that the app makes or joins and that are not over'),
  maxOpenCallsPerCallerId: counted(mostHeld, 'Of them, those of each caller id'),
  maxCallsPerSecond: counted(1000, 'Requests that have ACS call someone'),
  maxTargets: z.int().min(1).max(350).meta({ description: 'People whom one request calls' }),
  maxCallMinutes: z.int().min(1).max(1440).meta({ description: 'Minutes after which a call is ended' }),
  maxRedirects: z.int().min(1).max(100).meta({ description: 'Redirects of a call at ACS' }),
});

export type Limits = Readonly<z.output<typeof limitsSchema>>;

/** The resource of the API: a request leaves out the limits for which the settings are to hold, a response has all. */
export const limitsInput = limitsSchema.partial().meta({ id: 'Limits' });

export type StoredLimits = Readonly<z.output<typeof limitsInput>>;

/** The limits in force: what is stored, and the settings for the rest. */
export function effectiveLimits(settings: Limits, stored: StoredLimits | undefined): Limits {
  return { ...settings, ...(stored && defined(stored)) };
}
