/** Cuts texts: half a surrogate pair alone is no text, and storage rejects it. */

/** The start of a text, at most that many UTF-16 units, without half a surrogate pair at its end. */
export function shortened(text: string, maxLength: number): string {
  const endsInPair = (text.codePointAt(maxLength - 1) ?? 0) > 0xffff;
  return text.length <= maxLength ? text : text.slice(0, endsInPair ? maxLength - 1 : maxLength);
}
