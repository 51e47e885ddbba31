/** /emulator/clock: the time, and advancing a manual clock. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import type { Resource } from '../resource.ts';
import { defineEndpoint } from './endpoint.ts';

const getClock = defineEndpoint({ method: 'GET', path: '/clock', run: ({ resource }) => describe(resource) });

const advanceClock = defineEndpoint({
  method: 'POST',
  path: '/clock',
  body: z.strictObject({
    advanceMs: z
      .int()
      .min(0)
      .max(366 * 24 * 3600 * 1000),
  }),
  async run({ resource, body }) {
    const { clock } = resource;
    if (!('advance' in clock)) {
      throw new AcsError(409, 'Conflict', 'The clock is real. Start the emulator with --clock manual to move it.');
    }
    await clock.advance(body.advanceMs);
    return describe(resource);
  },
});

export const clock = [getClock, advanceClock];

function describe({ clock: { mode, now } }: Resource): { mode: string; now: string } {
  return { mode, now: new Date(now()).toISOString() };
}
