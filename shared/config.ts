/** Reads the app's settings from the environment, which nothing else does. One error lists everything missing or wrong. */
import * as z from 'zod';
import { type AccessSettings, accessErrors, accessSettings, accessShape } from './access/settings.ts';
import type { AcsSettings } from './acs/client/client.ts';
import { callbackTokenSettings, senderShape } from './acs/settings.ts';
import type { CallbackTokenSettings } from './acs/webhook-token.ts';
import { auditDays, auditShape } from './audit/settings.ts';
import {
  type EncryptionSettings,
  encryptionErrors,
  encryptionSettings,
  encryptionShape,
} from './encryption/settings.ts';
import {
  type ErasureSettings,
  erasureSettings,
  erasureShape,
  isContentLoggedBriefly,
  loggedContentRule,
} from './erasure/settings.ts';
import type { StreamSettings } from './http/event-stream.ts';
import { httpShape, streamSettings } from './http/settings.ts';
import { type LimitSettings, limitSettings, limitShape } from './limits/settings.ts';
import { endpointOf, httpIsLocal, isAcsConnectionString, isLocal, overHttp } from './local-mode.ts';
import { isLoopback } from './loopback.ts';
import { type RecordingSettings, recordingSettings, recordingShape } from './recordings/settings.ts';
import { peopleShape } from './routing/settings.ts';
import { serviceUrl, wholeNumber } from './setting.ts';
import { hasStorage, storageRule, storageSettings, storageShape } from './storage/settings.ts';
import type { StorageSettings } from './storage/tables.ts';
import { type TelemetrySettings, telemetrySettings, telemetryShape } from './telemetry/settings.ts';
import { type UrlPolicies, urlPolicies, urlShape } from './urls/settings.ts';
import {
  isSettledLate,
  type NotificationSettings,
  notificationSettings,
  notificationShape,
  settleRule,
} from './webhooks/settings.ts';

/** Rules over several settings are checked together with each setting by itself, so that one error lists everything. */
const always = () => true;

const environmentSchema = z
  .object({
    ACS_ENDPOINT: serviceUrl().optional().meta({
      description: 'The ACS resource, reached with a managed identity; required without `ACS_CONNECTION_STRING`',
      applies: 'Azure',
    }),
    ACS_CONNECTION_STRING: z
      .string()
      .refine(isAcsConnectionString, 'expected endpoint=https://…/;accesskey=…')
      .optional()
      .meta({
        description: 'The ACS resource by its access key, instead of `ACS_ENDPOINT`',
        applies: 'local development',
      }),
    ...senderShape,
    PUBLIC_BASE_URL: serviceUrl('expected the URL at which ACS reaches this app')
      .regex(/^[^?#@]*$/, 'expected a URL without user, query or fragment')
      .meta({ description: 'URL at which ACS reaches this app: callback URLs are built from it alone' }),
    ...storageShape,
    ...encryptionShape,
    ...recordingShape,
    COGNITIVE_SERVICES_ENDPOINT: z
      .url({ protocol: /^https$/ })
      .optional()
      .meta({
        description: 'Azure AI services resource for text to speech and speech recognition, for calls that name none',
      }),
    ...peopleShape,
    ...limitShape,
    ACS_TIMEOUT_SECONDS: wholeNumber(1, 60).default(10).meta({
      description:
        'Timeout of one request to ACS, its retries included; also the longest pause while a recording file is read',
    }),
    REPEAT_WINDOW_SECONDS: wholeNumber(1, 86_400).default(300).meta({
      description: 'How long after an interrupted request a retry may send it to ACS again under the same id',
    }),
    PRESUMED_OUTCOME_GRACE_MS: wholeNumber(0, 60_000).default(1000).meta({
      description: 'How long an outcome inferred from the end of a call waits for the event of its operation',
    }),
    ...accessShape,
    ...auditShape,
    ...httpShape,
    MAX_WAIT_SECONDS: wholeNumber(1, 200)
      .default(30)
      .meta({ description: 'The largest `Prefer: wait` that is granted' }),
    SEQUENCE_RECHECK_SECONDS: wholeNumber(1, 3600)
      .default(30)
      .meta({ description: 'How often a waiting sequence reads its calls, in case an event was lost' }),
    SEQUENCE_RECOVERY_SECONDS: wholeNumber(0, 600).default(75).meta({
      description:
        'How long after its start a process advances older sequences itself; 0 leaves them to their orchestrations',
    }),
    RETENTION_DAYS: wholeNumber(0, 36_500).default(90).meta({
      description:
        'How long calls and sequences are kept after their end; 0 keeps them for ever. Archived files stay, unless `RECORDING_DAYS` is set',
    }),
    ...erasureShape,
    ...notificationShape,
    ...urlShape,
    ...telemetryShape,
    TABLE_PREFIX: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9]{0,40}$/, 'expected at most 41 of A-Z, a-z and 0-9, the first no digit')
      .or(z.literal(''))
      .default('')
      .meta({
        description:
          'Prefix of the names of tables, queues and the archive, so that several environments share a storage account',
      }),
  })
  .refine((settings) => settings.ACS_ENDPOINT || settings.ACS_CONNECTION_STRING, {
    path: ['ACS_ENDPOINT'],
    message: 'required (with a managed identity), or ACS_CONNECTION_STRING for local development',
    when: always,
  })
  .refine(hasStorage, storageRule)
  .refine(({ EVENT_LOG_DAYS: logged, RETENTION_DAYS: kept }) => !(kept > 0 && logged > kept), {
    path: ['EVENT_LOG_DAYS'],
    message: 'expected at most RETENTION_DAYS: what an event says of a call must not outlive the call',
    when: always,
  })
  .refine(isContentLoggedBriefly, loggedContentRule)
  .refine(isSettledLate, settleRule)
  .superRefine(
    (settings, context) => {
      const invalid = new Set(context.issues.map(({ path }) => path?.[0]));
      // Without valid settings of ACS and storage it is unknown whether the app is in local mode.
      if (!['ACS_ENDPOINT', 'ACS_CONNECTION_STRING', 'AzureWebJobsStorage'].some((name) => invalid.has(name))) {
        const errors = {
          ...Object.fromEntries(overHttp(settings).map((name) => [name, httpIsLocal])),
          ...encryptionErrors(settings, isLocal(settings)),
          ...accessErrors(settings, isLocal(settings)),
        };
        for (const [name, message] of Object.entries(errors).filter(([one]) => !invalid.has(one))) {
          context.addIssue({ code: 'custom', path: [name], message });
        }
      }
    },
    { when: always },
  );

type Environment = z.output<typeof environmentSchema>;

/** The schemas of all settings by name, of which `docs/settings.md` is generated. */
export const settingSchemas: Readonly<Record<string, z.ZodType>> = environmentSchema.shape;

/** The names of all settings that the app reads. */
export const settingNames = Object.keys(environmentSchema.shape) as (keyof Environment)[];

/** The settings in the shapes that the app's parts take. */
export interface Config {
  readonly acs: AcsSettings;
  readonly storage: StorageSettings;
  readonly encryption: EncryptionSettings;
  readonly access: AccessSettings;
  /** For how many days the audit trail is kept; 0 for none. */
  readonly auditDays: number;
  readonly recordings: RecordingSettings;
  readonly callbackToken: CallbackTokenSettings;
  /** The topic of Event Grid's events; any when undefined. */
  readonly eventTopic: string | undefined;
  readonly publicBaseUrl: string;
  readonly cognitiveServicesEndpoint: string | undefined;
  readonly incomingDefaultAction: Environment['INCOMING_DEFAULT_ACTION'];
  /** Calls are indexed by ACS's ids, so that Event Grid's events of a call find it. */
  readonly hasGridCallEvents: boolean;
  readonly ringWindowSeconds: number;
  readonly limits: LimitSettings;
  /** Participants of Teams and of unknown kinds are ACS's to refuse. */
  readonly allowTeamsInterop: boolean;
  readonly acsTimeoutSeconds: number;
  readonly repeatWindowSeconds: number;
  /** How long an outcome inferred from a call's end or a read waits for the operation's own event. */
  readonly presumedOutcomeGraceMs: number;
  readonly maxWaitSeconds: number;
  /** The origins whose scripts may call the API; `*` is any. */
  readonly corsOrigins: readonly string[];
  readonly streams: StreamSettings;
  readonly sequenceRecheckSeconds: number;
  readonly sequenceRecoverySeconds: number;
  readonly retentionDays: number;
  readonly tablePrefix: string;
  readonly erasure: ErasureSettings;
  readonly notifications: NotificationSettings;
  /** What the URLs that ACS is handed may be. */
  readonly urls: UrlPolicies;
  /** Undefined without a destination. */
  readonly telemetry: TelemetrySettings | undefined;
  /** ACS and storage are both on this machine: plain http and notifications to this machine are allowed. */
  readonly isLocal: boolean;
}

/** Reads the settings. Throws one error that names every setting that is missing or wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    // The host logs what a worker prints line by line, and as an error where the line has that word.
    const errors = parsed.error.issues.map(({ path, message }) => `  Error in ${path.join('.')}: ${message}`);
    throw new Error([`The app cannot start, ${errors.length} setting(s) are missing or wrong:`, ...errors].join('\n'));
  }
  const settings = parsed.data;
  const access = accessSettings(settings, isLocal(settings));
  return {
    acs: acsSettings(settings),
    storage: storageSettings(settings),
    encryption: encryptionSettings(settings),
    access,
    auditDays: auditDays(settings, access),
    recordings: recordingSettings(settings),
    callbackToken: callbackTokenSettings(settings),
    eventTopic: settings.ACS_EVENT_TOPIC,
    publicBaseUrl: settings.PUBLIC_BASE_URL.replace(/\/+$/, ''),
    cognitiveServicesEndpoint: settings.COGNITIVE_SERVICES_ENDPOINT,
    incomingDefaultAction: settings.INCOMING_DEFAULT_ACTION,
    hasGridCallEvents: settings.EVENT_GRID_CALL_EVENTS === 'true',
    ringWindowSeconds: settings.RING_WINDOW_SECONDS,
    limits: limitSettings(settings, isLocal(settings)),
    allowTeamsInterop: settings.ALLOW_TEAMS_INTEROP === 'true',
    acsTimeoutSeconds: settings.ACS_TIMEOUT_SECONDS,
    repeatWindowSeconds: settings.REPEAT_WINDOW_SECONDS,
    presumedOutcomeGraceMs: settings.PRESUMED_OUTCOME_GRACE_MS,
    maxWaitSeconds: settings.MAX_WAIT_SECONDS,
    corsOrigins: settings.CORS_ORIGINS,
    streams: streamSettings(settings),
    sequenceRecheckSeconds: settings.SEQUENCE_RECHECK_SECONDS,
    sequenceRecoverySeconds: settings.SEQUENCE_RECOVERY_SECONDS,
    retentionDays: settings.RETENTION_DAYS,
    tablePrefix: settings.TABLE_PREFIX,
    erasure: erasureSettings(settings),
    notifications: notificationSettings(settings),
    urls: urlPolicies(settings, isLocal(settings)),
    telemetry: telemetrySettings(settings),
    isLocal: isLocal(settings),
  };
}

function acsSettings(settings: Environment): AcsSettings {
  return settings.ACS_CONNECTION_STRING
    ? {
        connectionString: settings.ACS_CONNECTION_STRING,
        isLocal: isLoopback(endpointOf(settings)),
        recordingOrigin: settings.ACS_RECORDING_ORIGIN?.replace(/\/+$/, ''),
      }
    : { endpoint: endpointOf(settings), clientId: settings.AZURE_CLIENT_ID };
}
