/**
 * The characters that texts of a client may have, whatever they are for: no control characters and no surrogate by itself.
 * Storage and ACS reject some of them, headers and logs read others as structure, and XML has no form for most.
 */
import { type FieldError, pathOf } from '../../errors.ts';

const forbidden = /[\p{Cc}\p{Cs}]/u;
const forbiddenBetweenLines = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/**
 * Members whose texts, and all texts within them, may have tabs and line breaks: prompts, and what only clients read. No other
 * does, since headers, SIP, display names and ids have one line.
 */
const multiline: ReadonlySet<string> = new Set([
  'text',
  'ssml',
  'context',
  'operationContext',
  'metadata',
  'message',
  'input',
  'result',
]);

/** A validation error for each text and each name of a member, in a value of JSON, that has a forbidden character. */
export function characterErrors(value: unknown, at: readonly PropertyKey[] = [], hasLines = false): FieldError[] {
  if (typeof value === 'string') {
    return (hasLines ? forbiddenBetweenLines : forbidden).test(value) ? [errorAt(at, hasLines)] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => characterErrors(element, [...at, index], hasLines));
  }
  return Object.entries(Object(value)).flatMap(([name, member]) => {
    const path = [...at, name];
    const errors = characterErrors(member, path, hasLines || multiline.has(name));
    return forbidden.test(name) ? [errorAt(path, false), ...errors] : errors;
  });
}

function errorAt(at: readonly PropertyKey[], hasLines: boolean): FieldError {
  const but = hasLines ? ' other than tabs and line breaks' : '';
  return { path: pathOf(at), message: `expected no control characters${but}, and no surrogate without its other half` };
}
