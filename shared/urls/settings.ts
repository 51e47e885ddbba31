/** The settings of the URLs that ACS is handed. */
import type * as z from 'zod';
import type { UrlUse } from '../operations/fields/urls.ts';
import { hostList } from './hosts.ts';
import type { UrlPolicy } from './url-policy.ts';

/** The setting with the hosts of each use. */
const settingOf = {
  file: 'PLAY_HOSTS',
  stream: 'STREAM_HOSTS',
  speak: 'COGNITIVE_SERVICES_HOSTS',
  record: 'RECORDING_HOSTS',
} as const satisfies Readonly<Record<UrlUse, string>>;

const purposes: Readonly<Record<UrlUse, string>> = {
  file: 'Hosts of the audio files that ACS may play, those in SSML included',
  stream: 'Hosts that ACS may stream audio and transcriptions to',
  speak: 'Hosts of the Azure AI services resources that requests may name',
  record: 'Hosts of the blob containers that requests may have ACS record to',
};

const hostsFor = (use: UrlUse) =>
  hostList().meta({ description: `${purposes[use]}, such as \`*.contoso.com\`; any public host unless set` });

export const urlShape = {
  [settingOf.file]: hostsFor('file'),
  [settingOf.stream]: hostsFor('stream'),
  [settingOf.speak]: hostsFor('speak'),
  [settingOf.record]: hostsFor('record'),
};

/** The policy on the URLs of each use. */
export type UrlPolicies = Readonly<Record<UrlUse, UrlPolicy>>;

export function urlPolicies(settings: z.output<z.ZodObject<typeof urlShape>>, isLocal: boolean): UrlPolicies {
  const policyOf = (use: UrlUse) => ({ hosts: settings[settingOf[use]], setting: settingOf[use], isLocal });
  return { file: policyOf('file'), stream: policyOf('stream'), speak: policyOf('speak'), record: policyOf('record') };
}
