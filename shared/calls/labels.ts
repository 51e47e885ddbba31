/** What a client writes on a call to find it again: the context of the request that made it, and metadata. Pure. */
import * as z from 'zod';

export const maxKeys = 20;
const key = z.string().min(1).max(40);
const value = z.string().max(500);
const hasRoom = (metadata: object) => Object.keys(metadata).length <= maxKeys;

/** Metadata as a request that makes a call gives them. */
export const metadataSchema = z
  .record(key, value)
  .refine(hasRoom, `expected at most ${maxKeys} keys`)
  .meta({
    id: 'Metadata',
    description: `Texts of the client, kept with the call: at most ${maxKeys} keys of 40 characters, values of 500`,
  });

export type Metadata = Readonly<z.infer<typeof metadataSchema>>;

/** A change of the metadata of a call: `null` removes a key. */
export const metadataChangeSchema = z.record(key, value.nullable());

/** The part of a call that its labels are. */
interface Labeled {
  readonly context?: string;
  readonly metadata?: Metadata;
}

/** The call with the labels of the request that makes or answers it. */
export function withLabels<Call extends Labeled>(
  call: Call,
  { context, metadata }: { readonly context?: unknown; readonly metadata?: unknown },
): Call {
  const given = metadataSchema.safeParse(metadata).data;
  return {
    ...call,
    ...(typeof context === 'string' && { context }),
    ...(given && { metadata: given }),
  };
}

/** The metadata after a change; undefined when that is more than a call may have. */
export function changedMetadata(
  known: Metadata | undefined,
  change: Readonly<z.infer<typeof metadataChangeSchema>>,
): Metadata | undefined {
  const left = Object.entries({ ...known, ...change }).filter((entry): entry is [string, string] => entry[1] !== null);
  return hasRoom(Object.fromEntries(left)) ? Object.fromEntries(left) : undefined;
}
