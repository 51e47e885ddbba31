/** The settings of recordings and their archive. */
import * as z from 'zod';
import { serviceUrl, wholeNumber } from '../setting.ts';

const daySeconds = 86_400;

/** ACS's own storage, by the names that the SDK takes. */
const microsoftHosts = '.asm.skype.com,.asyncgw.teams.microsoft.com,.ams.gov.teams.microsoft.us';

export const recordingShape = {
  RECORDINGS_CONTAINER_URL: serviceUrl('expected the URL of a container')
    .optional()
    .meta({ description: 'Container of the archive; `recordings` in the app’s storage unless set' }),
  RECORDING_CONTENT_HOSTS: z
    .string()
    .regex(/^\.?[a-z0-9.-]+(?:,\.?[a-z0-9.-]+)*$/i, 'expected host names, or ends of such with a dot, and commas')
    .default(microsoftHosts)
    .meta({
      description:
        'Hosts from which recording files are read, by name or by suffix with a leading dot, separated by commas',
    }),
  RECORDING_DELETE_AT_ACS: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: '`true` deletes ACS’s copy once a recording is archived' }),
  RECORDING_RETRY_SECONDS: wholeNumber(0, 3600).default(10).meta({
    description:
      'Pause after the first failed attempt to archive a recording; each further pause is twice as long, up to an hour',
  }),
  RECORDING_TIMEOUT_SECONDS: wholeNumber(1, daySeconds)
    .default(20 * 3600)
    .meta({ description: 'How long archiving is retried; ACS deletes the files after 24 hours' }),
  RECORDING_LOST_SECONDS: wholeNumber(0, daySeconds)
    .default(900)
    .meta({ description: 'How long after its due time an attempt counts as lost and is queued again' }),
  RECORDING_CONTAINER_SECONDS: wholeNumber(0, daySeconds).default(180).meta({
    description:
      'How long a recording in a container of the caller may have no files before it fails if the container is not there or not open to the app',
  }),
  RECORDING_REDIRECT: z.enum(['true', 'false']).default('false').meta({
    description:
      '`true` redirects requests for content to a short-lived link to Blob Storage; needs a managed identity with the role Storage Blob Delegator',
    applies: 'Azure',
  }),
  RECORDING_LINK_SECONDS: wholeNumber(60, daySeconds)
    .default(900)
    .meta({ description: 'How long such a link lasts: a download may start, and a player seek, until then' }),
  RECORDING_RANGE_BYTES: wholeNumber(65_536, 100_000_000)
    .default(8 * 1024 * 1024)
    .meta({ description: 'The most bytes with which a request for a range is answered; the client asks for the next' }),
  RECORDING_READER_SECONDS: wholeNumber(1, 600).default(60).meta({
    description: 'How long a client that is sent content may take none of it before its connection is closed',
  }),
  ACS_RECORDING_ORIGIN: z
    .url({ protocol: /^http$/, error: 'expected the http URL of an emulator' })
    .optional()
    .meta({
      description: 'URL of the emulator, from which recording files are read instead of Microsoft’s hosts',
      applies: 'local development',
    }),
};

type RecordingEnvironment = z.output<z.ZodObject<typeof recordingShape>>;

/** The archive's settings. Without a container of its own it is `recordings` in the app's storage. */
export interface RecordingSettings {
  readonly containerUrl: string | undefined;
  readonly contentHosts: readonly string[];
  readonly deleteAtAcs: boolean;
  readonly retrySeconds: number;
  readonly archiveTimeoutSeconds: number;
  readonly lostSeconds: number;
  readonly containerSeconds: number;
  /** How long links to content last; undefined when the app sends content itself. */
  readonly linkSeconds: number | undefined;
  readonly rangeBytes: number;
  readonly readerSeconds: number;
}

export function recordingSettings(settings: RecordingEnvironment): RecordingSettings {
  return {
    containerUrl: settings.RECORDINGS_CONTAINER_URL,
    contentHosts: settings.RECORDING_CONTENT_HOSTS.toLowerCase().split(','),
    deleteAtAcs: settings.RECORDING_DELETE_AT_ACS === 'true',
    retrySeconds: settings.RECORDING_RETRY_SECONDS,
    archiveTimeoutSeconds: settings.RECORDING_TIMEOUT_SECONDS,
    lostSeconds: settings.RECORDING_LOST_SECONDS,
    containerSeconds: settings.RECORDING_CONTAINER_SECONDS,
    linkSeconds: settings.RECORDING_REDIRECT === 'true' ? settings.RECORDING_LINK_SECONDS : undefined,
    rangeBytes: settings.RECORDING_RANGE_BYTES,
    readerSeconds: settings.RECORDING_READER_SECONDS,
  };
}
