/** Lines of the host's JSON log in words: what the app reports of its calls, and every warning and error. Pure. */

import { withShortIds } from '../../../shared/calls/timeline-text.ts';
import { createLog, type Log } from '../../../shared/log.ts';
import { objectIn } from './json-line.ts';
import type { Line, Tone } from './line.ts';

type Wording = Pick<Line, 'who' | 'what'> & { readonly tone?: Tone };

/** A message of the app by its name in `shared/log.ts`. One without an entry is printed as it is, if it is a warning or error. */
const wordings: { readonly [Name in keyof Log]?: (ids: Parameters<Log[Name]>[0]) => Wording } = {
  operationSent: ({ operation, callId }) => ({ who: 'ACS', what: `takes ${operation} of call ${callId}` }),
  operationRefused: ({ operation, callId, acsCode, acsSubCode }) => ({
    who: 'ACS',
    what: `refuses ${operation} of call ${callId} (${codes(acsCode, acsSubCode)})`,
    tone: 'bad',
  }),
  operationSettled: ({ operation, callId, status, settledBy }) => ({
    who: 'app',
    what: `${operation} of call ${callId} ${status}, by ${settledBy}`,
    tone: status === 'succeeded' ? 'plain' : 'bad',
  }),
  callConnected: ({ callId }) => ({ who: 'app', what: `call ${callId} is connected`, tone: 'good' }),
  callEnded: ({ callId, status, reason, endedBy, acsCode, acsSubCode }) => ({
    who: 'app',
    what: `call ${callId} ${status === 'failed' ? 'has failed' : 'has ended'}: ${reason}${by(endedBy)}${inBrackets(codes(acsCode, acsSubCode))}`,
    tone: status === 'failed' ? 'bad' : 'plain',
  }),
  callReconciled: ({ callId, state }) => ({
    who: 'ACS',
    what: state === 'gone' ? `does not know call ${callId}` : `has call ${callId} in another state than the app had`,
    tone: 'warning',
  }),
  incomingCallReceived: ({ incomingCallId, action, ruleId }) => ({
    who: 'app',
    what: `incoming call ${incomingCallId}: ${ruleId === undefined ? 'no rule applies' : `rule ${ruleId} applies`}, ${action}`,
  }),
  sequenceStarted: ({ sequenceId, name }) => ({ who: 'app', what: `sequence ${sequenceId} starts${inBrackets(name)}` }),
  sequenceEnded: ({ sequenceId, status }) => ({
    who: 'app',
    what: `sequence ${sequenceId} ${status}`,
    tone: status === 'failed' ? 'bad' : 'plain',
  }),
  recordingArchived: ({ recordingId, callId, files }) => ({
    who: 'app',
    what: `recording ${recordingId} of call ${callId} is archived, ${files} file(s)`,
    tone: 'good',
  }),
  recordingFailed: ({ recordingId, callId, code }) => ({
    who: 'app',
    what: `recording ${recordingId} of call ${callId} failed (${code})`,
    tone: 'bad',
  }),
  deliveryAttemptFailed: ({ receiver, attempts, ...failure }) => ({
    who: 'app',
    what: `webhook ${receiver}: attempt ${attempts} failed (${whyOf(failure)}), retried later`,
    tone: 'warning',
  }),
  deliveryFailed: ({ receiver, attempts, ...failure }) => ({
    who: 'app',
    what: `webhook ${receiver}: not delivered after ${attempts} attempts (${whyOf(failure)})`,
    tone: 'bad',
  }),
  webhookDisabled: ({ webhookId, reason }) => ({
    who: 'app',
    what: `webhook ${webhookId} is disabled, because it ${reason === 'gone' ? 'responded 410' : 'accepts nothing'}`,
    tone: 'bad',
  }),
};

/** Why a delivery failed: the status of the response, or why there was none. */
function whyOf({ reason, status }: { readonly reason: string; readonly status?: number | undefined }): string {
  return status === undefined ? reason : `it responded ${status}`;
}

/** Names and messages of `shared/log.ts`, read from it: each message is a static text. */
const names: ReadonlyMap<string, keyof Log> = namesByMessage();

function namesByMessage(): Map<string, keyof Log> {
  const found = new Map<string, keyof Log>();
  let current: keyof Log | undefined;
  const log = createLog((_level, message) => void (current && found.set(message, current)));
  for (const [name, write] of Object.entries(log)) {
    current = name as keyof Log;
    (write as (ids: object) => void)({});
  }
  return found;
}

/** Levels of Azure Functions that are worth a line of their own. */
const tones: Readonly<Record<string, Tone>> = { warning: 'warning', error: 'bad', critical: 'bad' };

/** What the host prints besides its log; undefined stands for nothing worth a line. */
const otherOutput: readonly (readonly [RegExp, Wording | undefined])[] = [
  [/^A source file has changed/, { who: 'app', what: 'restarts, because a source file has changed' }],
  [/^Functions:$/, { who: 'app', what: 'is up' }],
  [/^$|^ {2}\w+: +\S/, undefined],
];

/** One line that the host printed; undefined when there is nothing to print. */
export function fromHost(text: string): Line | undefined {
  const entry = entryIn(text);
  if (!entry) {
    const other = otherOutput.find(([pattern]) => pattern.test(text));
    return other ? other[1] && { tone: 'plain', ...other[1] } : { who: 'app', what: text, tone: 'plain' };
  }
  const { time, level, message } = entry;
  const at = time === undefined ? {} : { at: time };
  const tone = tones[level];
  const { name, ids, said } = readMessage(message);
  const word = name && (wordings[name] as ((ids: object) => Wording) | undefined);
  if (word) {
    const { who, what, tone: own = tone ?? 'plain' } = word(ids);
    return { ...at, who, what: withShortIds(what), tone: own };
  }
  return tone && { ...at, who: 'app', what: withShortIds(said), tone };
}

interface Entry {
  readonly time?: string;
  readonly level: string;
  readonly message: string;
}

/** An entry of the JSON log, or a line of work that outlives its invocation, which the app prints itself. */
function entryIn(text: string): Entry | undefined {
  const [, level, message] = /^(information|warning|error): (.+)$/.exec(text) ?? [];
  if (level !== undefined && message !== undefined) {
    return { level, message };
  }
  const value = objectIn(text);
  return value && typeof value.level === 'string' && typeof value.message === 'string'
    ? (value as unknown as Entry)
    : undefined;
}

/** Splits a message of the app into its text and its attributes. */
function readMessage(message: string): {
  readonly name?: keyof Log | undefined;
  readonly ids: object;
  readonly said: string;
} {
  const start = message.indexOf(' {');
  const ids = start < 0 ? undefined : objectIn(message.slice(start + 1));
  if (!ids) {
    return { ids: {}, said: message };
  }
  const text = message.slice(0, start);
  const attributes = Object.entries(ids).map(([name, value]) => `${name} ${String(value)}`);
  return { name: names.get(text), ids, said: `${text} (${attributes.join(', ')})` };
}

function codes(...numbers: readonly (number | undefined)[]): string | undefined {
  const known = numbers.filter((number) => number !== undefined);
  return known.length > 0 ? known.join('/') : undefined;
}

function by(ender: string): string {
  return ender === 'unknown' ? '' : ` by ${ender}`;
}

function inBrackets(text: string | undefined): string {
  return text === undefined ? '' : ` (${text})`;
}
