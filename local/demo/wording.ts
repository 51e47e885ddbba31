/** Requests, answers and ledger entries in words, one line each. Numbers stay as the user gave them: it is their terminal. */

import type { TimelineEntry } from '../../shared/calls/timeline.ts';
import type { Who } from './journal.ts';

type Body = Readonly<Record<string, unknown>>;

const uuid = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Ids by their first digits. */
export function shortened(text: string): string {
  return text.replace(uuid, '$1…');
}

/** A request. */
export function requestInWords(method: string, path: string, body: object | undefined): string {
  const what = `${method} /${decodeURIComponent(path)}`;
  return shortened(body === undefined ? what : `${what} ${JSON.stringify(body)}`);
}

/** An answer, by the member that identifies it. */
export function answerInWords(status: number, body: unknown): string {
  return shortened(`${status} ${isBody(body) ? inWords(body) : String(body)}`);
}

const wordings: Readonly<Record<string, (body: Body) => string>> = {
  items: ({ items }) => (items as Body[]).map(inWords).join('; ') || 'nothing',
  detail: ({ code, detail }) => `${code}: ${detail}`,
  incomingCallId: ({ from, to, status }) => `${from} calls ${to}: ${status}`,
  digits: ({ digits }) => `digits ${(digits as Body[]).map(({ tone }) => tone).join(' ') || 'none'}`,
  recordingId: ({ status, files }) => `recording ${status}, ${(files as Body[]).length} file(s)`,
  operationId: ({ name, status, error }) => `${name} ${status}${isBody(error) ? `: ${error.message}` : ''}`,
  direction: ({ status, participants }) =>
    `call ${status}, with ${(participants as Body[]).map(inWords).join(', ') || 'no one'}`,
  participant: ({ participant }) => String(participant),
  sequenceId: ({ name, status, steps, result }) => {
    const done = (steps as Body[]).filter((step) => step.endedAt !== undefined && step.status !== 'skipped');
    const shownResult = isBody(result) ? `, ${JSON.stringify(result)}` : '';
    return `sequence ${name ?? 'of steps'} ${status}, ${done.length} step(s) done${shownResult}`;
  },
  ruleId: ({ ruleId, action }) => `rule ${ruleId}: ${(action as Body).kind}`,
};

function inWords(body: Body): string {
  const kind = Object.keys(wordings).find((member) => member in body);
  return kind === undefined ? JSON.stringify(body) : (wordings[kind]?.(body) ?? '');
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null;
}

/** An entry of a call's timeline, and whose doing it is. */
export function entryInWords(entry: TimelineEntry): { who: Who; what: string } {
  const { kind, operation, event, status, settledBy, acsCode, acsSubCode, message } = entry;
  // Of a plain success the codes say nothing; of a message the part behind DiagCode has them again.
  const isPlain = acsCode === undefined || (acsCode === '200' && acsSubCode === 0);
  const codes = isPlain ? '' : ` (${acsCode}/${acsSubCode} ${message?.split(' DiagCode')[0] ?? ''})`;
  switch (kind) {
    case 'requested':
      return { who: 'app', what: `writes down ${operation}` };
    case 'sent':
      return { who: 'ACS', what: `takes ${operation}` };
    case 'event':
      return { who: 'ACS', what: `sends ${event}${codes}` };
    case 'settled':
      return { who: 'app', what: `${operation} ${status}, by ${settledBy}${codes}` };
  }
}
