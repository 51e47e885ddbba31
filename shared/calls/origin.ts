/** The origin of an operation: who requested it, and what they gave to get it back with its events and where these are sent. */
import * as z from 'zod';
import type { Sealed } from '../encryption/sealed.ts';

/** Who requested an operation: a client of the API, a sequence, a routing rule, or Switchboard itself. */
export const requesterSchema = z
  .object({
    kind: z.enum(['api', 'sequence', 'rule', 'switchboard']),
    id: z.string().optional().meta({
      description:
        'The sequence, the rule, or the caller of the API, such as `key:…`; absent for the default action of incoming calls and in local mode',
    }),
  })
  .meta({ id: 'Requester' });

export type Requester = Readonly<z.infer<typeof requesterSchema>>;

export interface Origin {
  readonly context?: string;
  /** As it is stored: callers put secrets into its query. */
  readonly notifyUrl?: Sealed;
  /** The sequence whose step it is. */
  readonly sequenceId?: string;
  /** Its step there. */
  readonly step?: string;
  /** The sequence that sends digits once it has succeeded. */
  readonly digitsSequenceId?: string;
  /** Digits and speech are for that sequence only, or for the `notifyUrl` where no sequence requested it. */
  readonly masked?: true;
  /** The trace of its request, where traces are recorded. */
  readonly trace?: string;
  /** Its requester, unless that is a client of the API who is not known or the sequence above. */
  readonly requestedBy?: Requester;
}

/** Members that only typed parts have; the others may be any JSON. */
type Typed = 'notifyUrl' | 'requestedBy';
type Stored = { readonly [Member in Typed]?: Origin[Member] | undefined };

/** The origin among other members. */
export function originOf({
  context,
  notifyUrl,
  sequenceId,
  step,
  digitsSequenceId,
  masked,
  trace,
  requestedBy,
}: { readonly [Member in Exclude<keyof Origin, Typed>]?: unknown } & Stored): Origin {
  return {
    ...(typeof context === 'string' && { context }),
    ...(notifyUrl !== undefined && { notifyUrl }),
    ...(typeof sequenceId === 'string' && { sequenceId }),
    ...(typeof step === 'string' && { step }),
    ...(typeof digitsSequenceId === 'string' && { digitsSequenceId }),
    ...(masked === true && { masked }),
    ...(typeof trace === 'string' && { trace }),
    ...(requestedBy && { requestedBy }),
  };
}

/** Who requested the operation. */
export function requesterOf({ requestedBy, sequenceId }: Origin): Requester {
  return requestedBy ?? (sequenceId === undefined ? { kind: 'api' } : { kind: 'sequence', id: sequenceId });
}
