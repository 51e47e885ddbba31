/** What stands for a text that its reader may not see: of a number its ends, of a user the kind of its id, else nothing. Pure. */
import { isParticipantId } from '../../calls/participant-id.ts';

/** Stands for a text that is hidden. */
const hidden = '•••';

const number = /\+\d{2,15}/;

/** A phone number as texts write it, with spaces, dots or dashes and with or without its plus. */
const numberInText = /(?<![\w-])\+?\d(?:[\s().-]{0,2}\d){6,14}(?![\w-])/g;
const rawId = /\b\d{1,2}:[a-z][\w-]*:[\w:.@-]+|\b(?:4|8|28|48):\+?[\w.@-]+/gi;

/** A person in an export is a token already. No country has the code 999. */
const token = /^(?:\+999\d{8}|\d{1,2}:.+:person-\d+)$/;

const [mostFirst, mostLast, leastHidden] = [4, 4, 3];

/** `+14255550123` as `+1425•••0123`: at least three digits are hidden, however short the number is. */
function maskedNumber(digits: string): string {
  const last = Math.max(0, Math.min(mostLast, digits.length - leastHidden));
  const first = Math.max(0, Math.min(mostFirst, digits.length - leastHidden - last));
  return `+${digits.slice(0, first)}${hidden}${digits.slice(digits.length - last)}`;
}

const masked = /^(?:\d{1,2}:(?:[a-z][\w-]*:)?)?(?:\+\d{0,4})?•••\d{0,4}$/i;

/** Whether a text is what another is masked as: no one means it as a value. */
export function isMasked(text: string): boolean {
  return masked.test(text);
}

/** A text of which nothing is known but that it may name someone. The id of a participant means nothing by itself. */
export function maskedText(text: string): string {
  if (text === '' || isMasked(text) || isParticipantId(text) || token.test(text)) {
    return text;
  }
  const [kind = '', rest = ''] = /^(\d{1,2}:(?:[a-z][\w-]*:)?)(.*)$/is.exec(text)?.slice(1) ?? ['', text];
  const digits = number.exec(rest)?.[0];
  const isNumber = digits !== undefined && rest.startsWith(digits) && (kind !== '' || rest === digits);
  return `${kind}${isNumber ? maskedNumber(digits.slice(1)) : hidden}`;
}

/** From the first quotation mark to the last: what is quoted may have some of its own. */
const quoted = /["“].*["”]|(?<!\w)'.*'(?!\w)/gs;

/** A sentence with the numbers and users in it masked. Where others wrote it, what it quotes is hidden too. */
export function maskedSentence(text: string, isForeign: boolean): string {
  return (isForeign ? text.replace(quoted, `"${hidden}"`) : text)
    .replace(rawId, maskedText)
    .replace(numberInText, (found) => maskedNumber(found.replaceAll(/\D/g, '')));
}

/** Whether a text that should be an id names a person instead. */
export function namesPerson(text: string): boolean {
  return /^\+?\d{7,15}$/.test(text) || new RegExp(`^(?:${rawId.source})$`, 'i').test(text);
}
