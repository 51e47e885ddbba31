/**
 * Hides from other readers what only the requester of an operation may see: digits, speech and prompts of a masked one, and
 * the secrets that URLs carry. Removes digits, speech and prompts where they are no longer kept. Pure.
 */
import type { RawEvent } from './event.ts';
import type { Origin } from './origin.ts';

/** Stands for what is hidden. */
const covered = { masked: true } as const;

/** The members of ACS's events that hold digits or speech. */
export const digitsAndSpeech = ['dtmfResult', 'speechResult', 'choiceResult', 'tone'];

/** The members of inputs that hold digits, or words that are spoken. */
const digitsAndWords = ['tones', 'text', 'ssml', 'choices'];

/** The members of results that hold digits or speech. */
const digitsAndWordsOfResults = ['tones', 'choice', 'speech'];

/** The members of inputs that are a secret for every reader. */
const secrets = ['sendDigits'];

/** A result as readers other than the requester see it. */
export function maskedResult<Result extends Readonly<Record<string, unknown>> | undefined>(
  result: Result,
  { masked }: Origin,
): Result | typeof covered {
  return masked && result ? covered : result;
}

/** What is stored of a result: a masked one only where a sequence reads it. */
export function storedResult<Kept extends { readonly result?: Readonly<Record<string, unknown>> }>(
  outcome: Kept,
  origin: Origin = {},
): Kept {
  return outcome.result && origin.sequenceId === undefined
    ? { ...outcome, result: maskedResult(outcome.result, origin) }
    : outcome;
}

/** An event of ACS as subscribers other than the requester see it. */
export function maskedEvent(event: RawEvent, { masked }: Origin): RawEvent {
  const data = Object.entries(event.data).map(([name, value]) => [
    name,
    digitsAndSpeech.includes(name) ? covered : value,
  ]);
  return masked ? { ...event, data: Object.fromEntries(data) } : event;
}

/** The input of an operation as it is shown. The query and the user of a URL may be secrets, so it is shown without. */
export function maskedInput(
  input: Readonly<Record<string, unknown>>,
  { masked }: Origin,
): Readonly<Record<string, unknown>> {
  const shown = (name: string, value: unknown): unknown => {
    if (secrets.includes(name) || (masked && digitsAndWords.includes(name))) {
      return covered;
    }
    if (Array.isArray(value)) {
      return value.map((one) => shown('', one));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shown(key, member)]));
    }
    return typeof value === 'string' ? withoutUrlSecrets(value) : value;
  };
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, shown(name, value)]));
}

/** An input without digits and words, once they are no longer kept; undefined when it has none. */
export function inputWithoutContent(
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const without = maskedInput(input, { masked: true });
  return JSON.stringify(without) === JSON.stringify(input) ? undefined : without;
}

/** A result without digits and speech; undefined when it has none. */
export function resultWithoutContent(
  result: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const kept = Object.entries(result).filter(([name]) => !digitsAndWordsOfResults.includes(name));
  return kept.length === Object.keys(result).length ? undefined : { ...Object.fromEntries(kept), ...covered };
}

/** An event without digits and speech; undefined when it has none. */
export function eventWithoutContent(event: RawEvent): RawEvent | undefined {
  const without = maskedEvent(event, { masked: true });
  return JSON.stringify(without) === JSON.stringify(event) ? undefined : without;
}

const absoluteUrl = /^[a-z][a-z\d+.-]*:\/\//i;

function withoutUrlSecrets(text: string): string {
  if (!absoluteUrl.test(text) || !URL.canParse(text)) {
    return text;
  }
  const url = new URL(text);
  if (url.search === '' && url.hash === '' && url.username === '' && url.password === '') {
    return text;
  }
  return `${url.protocol}//${url.host}${url.pathname}`;
}
