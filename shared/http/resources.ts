/** The resources of the API, by which its description and its docs are grouped. */

/** What each resource is, by the segment of a path that names it. */
export const resources: Readonly<Record<string, string>> = {
  calls: 'Calls that the app makes, answers or joins',
  'incoming-calls': 'Calls that ring at a number of the resource',
  participants: 'Who is in a call',
  media: 'Playing, recognizing, tones, streaming and transcription in a call',
  recordings: 'Recordings of calls, and their archive',
  operations: 'What was asked of ACS, and its outcome',
  sequences: 'Steps over calls that run to a definite end',
  'routing-rules': 'What happens to incoming calls',
  webhooks: 'Receivers of notifications',
  limits: 'What may be dialed',
  events: 'The log of notifications',
  audit: 'Who changed, played and was shown what',
  'api-keys': 'Keys by which callers of the API are known, where Microsoft Entra is not used',
  erasures: 'Removing all that is stored of a person',
  api: 'The API itself',
};

/** The resource that an endpoint belongs to: the last one that its path names. */
export function resourceOf(path: string): string {
  return path.split('/').findLast((segment) => Object.hasOwn(resources, segment)) ?? 'api';
}
