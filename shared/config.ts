/** Reads the app's settings from the environment, which nothing else does. One error lists everything missing or wrong. */
import * as z from 'zod';
import type { AcsSettings } from './acs/client/client.ts';
import { senderShape } from './acs/settings.ts';
import type { CallbackTokenSettings } from './acs/webhook-token.ts';
import { type RecordingSettings, recordingSettings, recordingShape } from './recordings/settings.ts';
import { peopleShape } from './routing/settings.ts';
import { serviceUrl, wholeNumber } from './setting.ts';
import { hasStorage, storageRule, storageSettings, storageShape } from './storage/settings.ts';
import type { StorageSettings } from './storage/tables.ts';
import { type TelemetrySettings, telemetrySettings, telemetryShape } from './telemetry/settings.ts';
import { type NotificationSettings, notificationSettings, notificationShape } from './webhooks/settings.ts';

const httpIsLocal = 'http is for local mode only, in which ACS and storage are both on this machine; use https';

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
    ...recordingShape,
    COGNITIVE_SERVICES_ENDPOINT: z
      .url({ protocol: /^https$/ })
      .optional()
      .meta({
        description: 'Azure AI services resource for text to speech and speech recognition, for calls that name none',
      }),
    ...peopleShape,
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
      description: 'How long calls and sequences are kept after their end; 0 keeps them for ever. Archived files stay',
    }),
    ...notificationShape,
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
  .superRefine(
    (settings, context) => {
      const invalid = new Set(context.issues.map(({ path }) => path?.[0]));
      // Without valid settings of ACS and storage it is unknown whether http is allowed.
      if (!['ACS_ENDPOINT', 'ACS_CONNECTION_STRING', 'AzureWebJobsStorage'].some((name) => invalid.has(name))) {
        for (const name of overHttp(settings).filter((one) => !invalid.has(one))) {
          context.addIssue({ code: 'custom', path: [name], message: httpIsLocal });
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
  readonly maxRedirects: number;
  /** Participants of Teams and of unknown kinds are ACS's to refuse. */
  readonly allowTeamsInterop: boolean;
  readonly acsTimeoutSeconds: number;
  readonly repeatWindowSeconds: number;
  /** How long an outcome inferred from a call's end or a read waits for the operation's own event. */
  readonly presumedOutcomeGraceMs: number;
  readonly maxWaitSeconds: number;
  readonly sequenceRecheckSeconds: number;
  readonly sequenceRecoverySeconds: number;
  readonly retentionDays: number;
  readonly tablePrefix: string;
  readonly notifications: NotificationSettings;
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
  return {
    acs: acsSettings(settings),
    storage: storageSettings(settings),
    recordings: recordingSettings(settings),
    callbackToken: {
      issuer: settings.ACS_CALLBACK_ISSUER,
      jwksUrl: settings.ACS_CALLBACK_JWKS_URL,
      audience: settings.ACS_RESOURCE_ID,
    },
    eventTopic: settings.ACS_EVENT_TOPIC,
    publicBaseUrl: settings.PUBLIC_BASE_URL.replace(/\/+$/, ''),
    cognitiveServicesEndpoint: settings.COGNITIVE_SERVICES_ENDPOINT,
    incomingDefaultAction: settings.INCOMING_DEFAULT_ACTION,
    hasGridCallEvents: settings.EVENT_GRID_CALL_EVENTS === 'true',
    ringWindowSeconds: settings.RING_WINDOW_SECONDS,
    maxRedirects: settings.MAX_REDIRECTS,
    allowTeamsInterop: settings.ALLOW_TEAMS_INTEROP === 'true',
    acsTimeoutSeconds: settings.ACS_TIMEOUT_SECONDS,
    repeatWindowSeconds: settings.REPEAT_WINDOW_SECONDS,
    presumedOutcomeGraceMs: settings.PRESUMED_OUTCOME_GRACE_MS,
    maxWaitSeconds: settings.MAX_WAIT_SECONDS,
    sequenceRecheckSeconds: settings.SEQUENCE_RECHECK_SECONDS,
    sequenceRecoverySeconds: settings.SEQUENCE_RECOVERY_SECONDS,
    retentionDays: settings.RETENTION_DAYS,
    tablePrefix: settings.TABLE_PREFIX,
    notifications: notificationSettings(settings),
    telemetry: telemetrySettings(settings),
    isLocal: isLocal(settings),
  };
}

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

function isLoopback(url: string): boolean {
  return loopback.test(new URL(url).hostname);
}

function isAcsConnectionString(text: string): boolean {
  const [, endpoint = ''] = /^endpoint=(https?:\/\/[^;/]+)\/?;accesskey=.+$/i.exec(text) ?? [];
  return URL.canParse(endpoint);
}

/** One of the two is set: a rule of the schema requires it. */
function endpointOf(settings: Environment): string {
  return settings.ACS_ENDPOINT ?? String(settings.ACS_CONNECTION_STRING).replace(/^endpoint=([^;]+).*$/i, '$1');
}

/** Local mode: an emulator and a storage that are both on this machine. */
function isLocal(settings: Environment): boolean {
  return isLoopback(endpointOf(settings)) && isStorageLocal(settings.AzureWebJobsStorage ?? '');
}

/** The settings whose URL is plain http although the app is not in local mode or the host is not this machine. */
function overHttp(settings: Environment): string[] {
  const urls = {
    ACS_ENDPOINT: endpointOf(settings),
    ACS_CALLBACK_JWKS_URL: settings.ACS_CALLBACK_JWKS_URL,
    PUBLIC_BASE_URL: settings.PUBLIC_BASE_URL,
    RECORDINGS_CONTAINER_URL: settings.RECORDINGS_CONTAINER_URL ?? '',
    ACS_RECORDING_ORIGIN: settings.ACS_RECORDING_ORIGIN ?? '',
  };
  return Object.entries(urls)
    .filter(([, url]) => url?.startsWith('http:') && !(isLocal(settings) && isLoopback(url)))
    .map(([name]) => name);
}

function isStorageLocal(connectionString: string): boolean {
  const endpoint = /(?:^|;)TableEndpoint=([^;]+)/i.exec(connectionString)?.[1];
  return (
    /(?:^|;)UseDevelopmentStorage=true(?:;|$)/i.test(connectionString) ||
    (endpoint !== undefined && isLoopback(endpoint))
  );
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
