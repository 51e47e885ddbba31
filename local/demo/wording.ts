/** Requests and answers in words, one line each. Numbers stay as the user gave them: it is their terminal. */

import { withShortIds } from '../../shared/calls/timeline-text.ts';

type Body = Readonly<Record<string, unknown>>;

/** A request. */
export function requestInWords(method: string, path: string, body: object | undefined): string {
  const what = `${method} /${decodeURIComponent(path)}`;
  return withShortIds(body === undefined ? what : `${what} ${JSON.stringify(body)}`);
}

/** An answer, by the member that identifies it. */
export function answerInWords(status: number, body: unknown): string {
  return withShortIds(`${status} ${isBody(body) ? inWords(body) : String(body)}`);
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
