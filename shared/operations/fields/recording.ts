/** What ACS can record, in which format, and where it writes: the combinations that it accepts. */
import * as z from 'zod';
import type { RecordingKind } from '../../calls/recording/recording-record.ts';
import { urlFor } from './urls.ts';

type Formats = readonly RecordingKind['format'][];

/** The formats of each content and channel (ACS-D7). */
const formats: Readonly<Record<RecordingKind['content'], Readonly<Record<RecordingKind['channel'], Formats>>>> = {
  audio: { mixed: ['wav', 'mp3'], unmixed: ['wav'] },
  audioVideo: { mixed: ['mp4'], unmixed: [] },
};

interface Wanted {
  readonly content: RecordingKind['content'];
  readonly channel: RecordingKind['channel'];
  readonly format?: RecordingKind['format'] | undefined;
  readonly channelAffinity?: unknown;
}

/** Of the formats that ACS accepts, the lossless one (not documented: chosen here). */
const usualFormats = { audio: 'wav', audioVideo: 'mp4' } as const;

/** The format to record in. */
export function formatOf({ content, format }: Pick<Wanted, 'content' | 'format'>): RecordingKind['format'] {
  return format ?? usualFormats[content];
}

const rule = (field: string, message: string) => ({ path: [field], message, when: () => true });

export const channelRule = rule('channel', 'ACS records audioVideo mixed only');
export const formatRule = rule('format', 'ACS records audio as wav, or mixed as mp3 too, and audioVideo as mp4');
export const affinityRule = rule('channelAffinity', 'ACS gives participants channels in unmixed recordings only');

/** The predicates to those rules. Fields that are wrong by themselves pass: their own rule reports them. */
export function hasChannel({ content, channel }: Wanted): boolean {
  return formats[content]?.[channel]?.length !== 0;
}

export function hasFormat(wanted: Wanted): boolean {
  const { content, channel, format } = wanted;
  const possible = formats[content]?.[channel];
  return !possible || !hasChannel(wanted) || format === undefined || possible.includes(format);
}

export function hasAffinity({ channel, channelAffinity }: Wanted): boolean {
  return channelAffinity === undefined || channel === 'unmixed';
}

/** Blob endpoints of Azure's clouds, and of accounts that have a DNS zone of their own. */
const blobHost =
  /^[a-z0-9]{3,24}\.(?:z\d+\.blob\.storage\.azure\.net|blob\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn))$/;
const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/** A path in a container that the caller owns. ACS and the app reach it with their managed identities, so it has no SAS. */
export const containerUrl = urlFor(
  'record',
  z
    .string()
    .max(1024)
    .refine(isContainer, 'expected https://{account}.blob.core.windows.net/{container} without a SAS')
    .meta({ description: 'Blob container, or a folder in it', example: 'https://contoso.blob.core.windows.net/calls' }),
);

function isContainer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.search === '' && url.hash === '' && url.username === '' && url.pathname.length > 1;
  const isBlob = url?.protocol === 'https:' && url.port === '' && blobHost.test(url.hostname);
  return isPlain && (isBlob || (url.protocol === 'http:' && loopback.test(url.hostname)));
}
