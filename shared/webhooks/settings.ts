/** The settings of notifications. */
import * as z from 'zod';
import { wholeNumber } from '../setting.ts';
import { signingSecret } from './signature.ts';

/** Growing pauses that add up to a day. */
const dayOfRetries = '5 30 120 600 1800 3600 7200 14400 21600 39600';

const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

export const notificationShape = {
  NOTIFY_SECRET: signingSecret.optional().meta({
    description:
      'Signs notifications to a `notifyUrl`; without it a `notifyUrl` is refused. Several secrets are separated by spaces',
  }),
  NOTIFY_HOSTS: z
    .string()
    .default('')
    .transform((text) => words(text.toLowerCase()))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'expected hosts such as hooks.contoso.com or *.contoso.com'),
      ),
    )
    .meta({
      description: 'Hosts that notifications may be sent to, such as `*.contoso.com`; any public host unless set',
    }),
  NOTIFY_TIMEOUT_SECONDS: wholeNumber(1, 60).default(10).meta({ description: 'Timeout of one delivery' }),
  NOTIFY_RETRY_SECONDS: z
    .string()
    .default(dayOfRetries)
    .transform((text) => words(text).map(Number))
    .pipe(z.array(z.int().min(0).max(86_400)).max(50))
    .meta({ description: 'Pauses between the attempts of a delivery, in seconds; together about a day unless set' }),
  NOTIFY_CACHE_SECONDS: wholeNumber(0, 3600)
    .default(15)
    .meta({ description: 'How long an instance caches the list of webhooks' }),
  NOTIFY_SWEEP_SECONDS: wholeNumber(1, 3600)
    .default(60)
    .meta({ description: 'Age at which housekeeping sends messages that are still in an outbox' }),
  NOTIFY_KEEP_DAYS: wholeNumber(1, 365).default(7).meta({ description: 'How long failed deliveries are listed' }),
};

export interface NotificationSettings {
  readonly notifySecret: string | undefined;
  readonly hosts: readonly string[];
  readonly timeoutSeconds: number;
  readonly retrySeconds: readonly number[];
  readonly cacheSeconds: number;
  readonly sweepSeconds: number;
  readonly keepDays: number;
}

/** The settings in the shape that the app's parts take. */
export function notificationSettings(settings: z.output<z.ZodObject<typeof notificationShape>>): NotificationSettings {
  return {
    notifySecret: settings.NOTIFY_SECRET,
    hosts: settings.NOTIFY_HOSTS,
    timeoutSeconds: settings.NOTIFY_TIMEOUT_SECONDS,
    retrySeconds: settings.NOTIFY_RETRY_SECONDS,
    cacheSeconds: settings.NOTIFY_CACHE_SECONDS,
    sweepSeconds: settings.NOTIFY_SWEEP_SECONDS,
    keepDays: settings.NOTIFY_KEEP_DAYS,
  };
}
