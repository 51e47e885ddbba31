/** The settings of notifications. */
import * as z from 'zod';
import { wholeNumber } from '../setting.ts';
import { hostList } from '../urls/hosts.ts';
import { signingSecret } from './signature.ts';

/** Growing pauses that add up to a day. */
const dayOfRetries = '5 30 120 600 1800 3600 7200 14400 21600 39600';

const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

export const notificationShape = {
  NOTIFY_SECRET: signingSecret.optional().meta({
    description:
      'Signs notifications to a `notifyUrl`; without it a `notifyUrl` is refused. Several secrets are separated by spaces',
  }),
  NOTIFY_HOSTS: hostList().meta({
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
  NOTIFY_KEEP_DAYS: wholeNumber(1, 365).default(7).meta({
    description:
      'How long deliveries are listed, with the first KiB of the responses; at most `RETENTION_DAYS` and `CONTENT_DAYS`',
  }),
  NOTIFY_RECORD_DELIVERED: z.enum(['true', 'false']).default('false').meta({
    description: 'Lists deliveries that succeed at once as well: a storage transaction more for each message',
  }),
  NOTIFY_DISABLE_AFTER_SECONDS: wholeNumber(0, 31_536_000).default(86_400).meta({
    description: 'A webhook whose receiver accepts nothing for so long is disabled; 0 never disables one',
  }),
  NOTIFY_SECRET_OVERLAP_SECONDS: wholeNumber(0, 2_592_000).default(86_400).meta({
    description: 'How long a secret of a webhook that is replaced also signs, unless the request states it',
  }),
  EVENT_LOG_DAYS: wholeNumber(0, 36_500).default(0).meta({
    description:
      'How long events are kept for `GET /events`, at most `RETENTION_DAYS` and `CONTENT_DAYS`; 0 logs none and removes those that are kept. Each costs a storage transaction',
  }),
  EVENT_LOG_SETTLE_SECONDS: wholeNumber(0, 60).default(10).meta({
    description:
      'How old a logged event is before it is listed: longer than `STORAGE_TIMEOUT_SECONDS`, so that none is listed before an earlier one',
  }),
};

/** A write of an event may last as long as storage is waited for: until then an event that was logged later waits as well. */
export const settleRule = {
  path: ['EVENT_LOG_SETTLE_SECONDS'],
  message:
    'expected more than STORAGE_TIMEOUT_SECONDS: an event whose write is slow would be listed behind later ones, where no ' +
    'reader looks again. Raise this setting, or lower STORAGE_TIMEOUT_SECONDS',
  when: () => true,
};

/** Whether the settings satisfy that rule; without a log any do. */
export function isSettledLate(settings: {
  readonly EVENT_LOG_DAYS: number;
  readonly EVENT_LOG_SETTLE_SECONDS: number;
  readonly STORAGE_TIMEOUT_SECONDS: number;
}): boolean {
  return !(settings.EVENT_LOG_DAYS > 0 && settings.EVENT_LOG_SETTLE_SECONDS <= settings.STORAGE_TIMEOUT_SECONDS);
}

export interface NotificationSettings {
  readonly notifySecret: string | undefined;
  readonly hosts: readonly string[];
  readonly timeoutSeconds: number;
  readonly retrySeconds: readonly number[];
  readonly cacheSeconds: number;
  readonly sweepSeconds: number;
  readonly keepDays: number;
  readonly recordsDelivered: boolean;
  readonly disableAfterSeconds: number;
  readonly secretOverlapSeconds: number;
  readonly eventLogDays: number;
  readonly settleSeconds: number;
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
    recordsDelivered: settings.NOTIFY_RECORD_DELIVERED === 'true',
    disableAfterSeconds: settings.NOTIFY_DISABLE_AFTER_SECONDS,
    secretOverlapSeconds: settings.NOTIFY_SECRET_OVERLAP_SECONDS,
    eventLogDays: settings.EVENT_LOG_DAYS,
    settleSeconds: settings.EVENT_LOG_SETTLE_SECONDS,
  };
}
