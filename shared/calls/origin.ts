/** The origin of an operation: what its caller gave to get it back with its events, and where these are sent. */

export interface Origin {
  readonly context?: string;
  readonly notifyUrl?: string;
  /** The sequence whose step it is. */
  readonly sequenceId?: string;
  /** The sequence that sends digits once it has succeeded. */
  readonly digitsSequenceId?: string;
  /** Digits and speech are for that sequence only. */
  readonly masked?: true;
  /** The trace of its request, where traces are recorded. */
  readonly trace?: string;
}

/** The origin among other members. */
export function originOf(given: { readonly [Member in keyof Origin]?: unknown }): Origin {
  const { context, notifyUrl, sequenceId, digitsSequenceId, masked, trace } = given;
  return {
    ...(typeof context === 'string' && { context }),
    ...(typeof notifyUrl === 'string' && { notifyUrl }),
    ...(typeof sequenceId === 'string' && { sequenceId }),
    ...(typeof digitsSequenceId === 'string' && { digitsSequenceId }),
    ...(masked === true && { masked }),
    ...(typeof trace === 'string' && { trace }),
  };
}
