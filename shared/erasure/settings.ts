/** The settings of erasure and retention. */
import type * as z from 'zod';
import { wholeNumber } from '../setting.ts';

export const erasureShape = {
  ERASURE_SETTLE_SECONDS: wholeNumber(0, 3600).default(60).meta({
    description:
      'How long after an erasure has removed something it looks again, so that it sees what was on its way; also how often it looks whether a call is over',
  }),
  CONTENT_DAYS: days().meta({
    description:
      'How long digits, speech and prompts are kept after the end of their call, and sequences after theirs; as long as calls unless set',
  }),
  RECORDING_DAYS: days().meta({
    description:
      'How long the files of recordings are kept after the end of their call, in the archive and at ACS; as the storage account decides unless set',
  }),
  DEAD_LETTER_DAYS: days().meta({
    description:
      'How long dead letters of Event Grid and messages of poison queues are kept, poison messages at most `CONTENT_DAYS`; without end unless set',
  }),
};

/** A limit that may be absent. None is 0: what is not to be kept for a day is masked, or not recorded. */
function days() {
  return wholeNumber(1, 36_500).optional();
}

export interface ErasureSettings {
  readonly settleSeconds: number;
  readonly contentDays: number | undefined;
  readonly recordingDays: number | undefined;
  readonly deadLetterDays: number | undefined;
}

/** The events of the log hold digits and speech, and count from a time before the end of their call. */
export const loggedContentRule = {
  path: ['EVENT_LOG_DAYS'],
  message: 'expected at most CONTENT_DAYS: logged events hold digits and speech',
  when: () => true,
};

/** Whether the settings satisfy that rule. */
export function isContentLoggedBriefly(settings: {
  readonly EVENT_LOG_DAYS: number;
  readonly CONTENT_DAYS?: number | undefined;
}): boolean {
  const { EVENT_LOG_DAYS: logged, CONTENT_DAYS: kept } = settings;
  return kept === undefined || logged === 0 || !(logged > kept);
}

/** The settings in the shape that the app's parts take. */
export function erasureSettings(settings: z.output<z.ZodObject<typeof erasureShape>>): ErasureSettings {
  return {
    settleSeconds: settings.ERASURE_SETTLE_SECONDS,
    contentDays: settings.CONTENT_DAYS,
    recordingDays: settings.RECORDING_DAYS,
    deadLetterDays: settings.DEAD_LETTER_DAYS,
  };
}
