/** The settings of erasure and retention. */
import type * as z from 'zod';
import { wholeNumber } from '../setting.ts';

export const erasureShape = {
  ERASURE_SETTLE_SECONDS: wholeNumber(0, 3600).default(60).meta({
    description:
      'How long after an erasure has removed something it looks again, so that it sees what was on its way; also how often it looks whether a call is over',
  }),
};

export interface ErasureSettings {
  readonly settleSeconds: number;
}

/** The settings in the shape that the app's parts take. */
export function erasureSettings(settings: z.output<z.ZodObject<typeof erasureShape>>): ErasureSettings {
  return { settleSeconds: settings.ERASURE_SETTLE_SECONDS };
}
