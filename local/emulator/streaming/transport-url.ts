/** The URLs that streams can be sent to. */

/** Why an address cannot be streamed to, or undefined when it can. */
export function transportProblem(url: string): string | undefined {
  const isAddress = /^(wss?|https?):\/\/(?![/?])[\x21\x22\x24-\x7e]+$/i.test(url) && URL.canParse(url);
  return isAddress ? undefined : 'must be an absolute ws, wss, http or https URL in ASCII and without a fragment';
}
