/** The messages of the app's server on a bidirectional stream: audio for the call, and StopAudio. */

import * as z from 'zod';

/** Totals of the messages. */
export interface Received {
  audioFrames: number;
  audioBytes: number;
  stopAudio: number;
  /** Messages that are neither, and all messages of a stream that is not bidirectional. */
  refused: number;
}

/** The SDKs for JavaScript and .NET write their keys in small letters, the documented Python sample in capitals. */
const message = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('audiodata'),
    audiodata: z.preprocess(lowerKeys, z.object({ data: z.base64().refine(holdsSamples) })),
  }),
  z.object({ kind: z.literal('stopaudio') }),
]);

/** Reads a message and adds it to the totals. */
export function receive(totals: Received, written: Buffer): void {
  const parsed = message.safeParse(parse(written));
  if (!parsed.success) {
    totals.refused += 1;
  } else if (parsed.data.kind === 'stopaudio') {
    totals.stopAudio += 1;
  } else {
    totals.audioFrames += 1;
    totals.audioBytes += Buffer.byteLength(parsed.data.audiodata.data, 'base64');
  }
}

function parse(written: Buffer): unknown {
  try {
    const { kind, ...rest } = lowerKeys(JSON.parse(written.toString('utf8'))) as Record<string, unknown>;
    return { ...rest, kind: String(kind).toLowerCase() };
  } catch {
    return undefined;
  }
}

function lowerKeys(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key.toLowerCase(), entry]))
    : value;
}

/** At least one whole 16-bit sample. */
function holdsSamples(data: string): boolean {
  const bytes = Buffer.byteLength(data, 'base64');
  return bytes > 0 && bytes % 2 === 0;
}
