/** Compares server call ids: base64 of an address, whose query and encoding may differ between events (chosen here). Pure. */

/** Whether two server call ids name the same call: the same text, or addresses that are equal up to their query. */
export function isSameServerCall(one: string, other: string): boolean {
  return one === other || addressIn(one) === addressIn(other);
}

/** The address in an id; the id itself when it is none. */
function addressIn(id: string): string {
  const text = Buffer.from(decoded(id), 'base64').toString();
  return /^https?:/i.test(text) && URL.canParse(text) ? text.replace(/[?#].*$/s, '').toLowerCase() : decoded(id);
}

/** The id without the percent-encoding that a subject may have. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
