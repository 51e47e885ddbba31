/** Whose an operation is: what its caller gave, to get it back with its events, and where to send them. */

export interface Origin {
  readonly context?: string;
  readonly notifyUrl?: string;
}

/** The origin alone, of what has one among other things. */
export function originOf({ context, notifyUrl }: { readonly context?: unknown; readonly notifyUrl?: unknown }): Origin {
  return {
    ...(typeof context === 'string' && { context }),
    ...(typeof notifyUrl === 'string' && { notifyUrl }),
  };
}
