/** Whose an operation is: what its caller gave, to get it back with its events, and who is told of them. */

export interface Origin {
  readonly context?: string;
  readonly notifyUrl?: string;
  /** The sequence whose step it is. */
  readonly sequenceId?: string;
  /** What people pressed or said is for that sequence only. */
  readonly masked?: true;
  /** The trace of the request for it, where traces are recorded. */
  readonly trace?: string;
}

/** The origin alone, of what has one among other things. */
export function originOf(given: { readonly [Member in keyof Origin]?: unknown }): Origin {
  const { context, notifyUrl, sequenceId, masked, trace } = given;
  return {
    ...(typeof context === 'string' && { context }),
    ...(typeof notifyUrl === 'string' && { notifyUrl }),
    ...(typeof sequenceId === 'string' && { sequenceId }),
    ...(masked === true && { masked }),
    ...(typeof trace === 'string' && { trace }),
  };
}
