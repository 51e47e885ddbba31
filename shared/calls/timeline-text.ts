/** The timeline of a call in sentences, one aligned line for each entry, as a terminal shows it. Pure. */
import { reasonOf } from './reason.ts';
import type { TimelineEntry, TimelineKind } from './timeline.ts';

/** Whose doing an entry is. */
type Actor = 'app' | 'ACS';

interface Sentence {
  readonly who: Actor;
  readonly what: string;
}

const sentences: Readonly<Record<TimelineKind, (entry: TimelineEntry) => Sentence>> = {
  requested: ({ operation, why }) => ({ who: 'app', what: `stores the intent of ${operation}${because(why)}` }),
  takeover: ({ operation, why }) => ({ who: 'app', what: `continues ${operation}: ${why}` }),
  sent: ({ operation }) => ({ who: 'ACS', what: `accepts ${operation}` }),
  event: (entry) => ({ who: 'ACS', what: `sends ${entry.event}${codesOf(entry)}${noteOf(entry)}` }),
  routed: ({ action, why }) => ({ who: 'app', what: `routes the call: ${action}${because(why)}` }),
  read: ({ message, why }) => ({ who: 'app', what: `reads the call at ACS for ${why}: ${message}` }),
  sequenceStarted: ({ sequenceId }) => ({ who: 'app', what: `sequence ${sequenceId} works on the call` }),
  sequenceEnded: ({ sequenceId, message }) => ({ who: 'app', what: `sequence ${sequenceId} ended: ${message}` }),
  recordingArchived: ({ recordingId }) => ({ who: 'app', what: `recording ${recordingId} is in the archive` }),
  recordingFailed: ({ recordingId, message }) => ({ who: 'app', what: `recording ${recordingId} failed: ${message}` }),
  settled: (entry) => ({
    who: 'app',
    what: `${entry.operation} ${entry.status}${because(entry.why)}${codesOf(entry)}`,
  }),
};

const uuid = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Ids by their first digits. */
export function withShortIds(text: string): string {
  return text.replace(uuid, '$1…');
}

/** An entry as a sentence. */
export function sentenceOf(entry: TimelineEntry): Sentence {
  const { who, what } = sentences[entry.kind](entry);
  return { who, what: withShortIds(what) };
}

const whoWidth = 8;

/** One line: the seconds since the start, who, what. */
export function momentLine(sinceStartMs: number, who: string, what: string): string {
  return `${(sinceStartMs / 1000).toFixed(3).padStart(8)} s  ${who.padEnd(whoWidth)}${what}`;
}

/** Entries as lines of a text; times count from `startedAt`. */
export function timelineText(entries: readonly TimelineEntry[], startedAt: string): string {
  const lines = entries.map((entry) => {
    const { who, what } = sentenceOf(entry);
    return momentLine(Date.parse(entry.at) - Date.parse(startedAt), who, what);
  });
  return lines.map((line) => `${line}\n`).join('');
}

function because(why: string | undefined): string {
  return `, by ${why}`;
}

/** Of a plain success the codes say nothing; of ACS's words the part behind DiagCode has them again. */
function codesOf({ acsCode, acsSubCode, acsMessage = '' }: TimelineEntry): string {
  if (acsCode === undefined || (acsCode === 200 && acsSubCode === 0)) {
    return '';
  }
  const reason = reasonOf({ acsCode, acsSubCode });
  const numbers = acsSubCode === undefined ? `${acsCode}` : `${acsCode}/${acsSubCode}`;
  const words = acsMessage.split(' DiagCode')[0];
  return ` (${[numbers, words].join(' ').trim()})${reason === 'unknown' ? '' : `: ${reason}`}`;
}

function noteOf({ message, participantIds }: TimelineEntry): string {
  const people = participantIds && participantIds.length > 1 ? `, ${participantIds.length} people` : '';
  return `${people}${message === undefined ? '' : `: ${message}`}`;
}
