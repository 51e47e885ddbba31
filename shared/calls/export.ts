/**
 * A call as one file: what was asked of ACS, what ACS answered and sent, and when, so that ACS's side of it can be played
 * again. Without the right to see people they are tokens, the same for a person wherever the file names them. Pure.
 */
import * as z from 'zod';
import { type Call, callSchema } from './call.ts';
import type { RawEvent } from './event.ts';
import { maskedEvent, maskedInput, maskedResult } from './masking.ts';
import type { Operation } from './operation-life/operation-record.ts';
import { type TimelineEntry, timelineEntrySchema } from './timeline.ts';

/** How a file shows people, and what they said and pressed. */
export type People = 'tokens' | 'clear';

const entrySchema = z.intersection(
  timelineEntrySchema,
  z
    .object({
      type: z.string().optional().meta({ description: 'Of an event: its whole type' }),
      data: z
        .record(z.string(), z.unknown())
        .optional()
        .meta({ description: 'Of an event: its data as ACS sent them' }),
      result: z
        .record(z.string(), z.unknown())
        .optional()
        .meta({ description: "What ACS's response or event brought" }),
    })
    .meta({ additionalProperties: {} }),
);

/** The call; of one that only rings what is known of it. */
const shownSchema: z.ZodType<Partial<Call>> = callSchema.or(
  callSchema.pick({ callId: true, direction: true, createdAt: true }),
);

/** The file. */
export const callExportSchema = z
  .object({
    format: z.literal('acs-switchboard/call'),
    version: z.literal(1),
    people: z.enum(['tokens', 'clear']),
    call: shownSchema,
    entries: z
      .array(entrySchema)
      .meta({ description: 'Requests with their whole input, responses, events and outcomes' }),
    isCut: z.boolean().meta({ description: 'The call has more entries than the file' }),
  })
  .meta({ id: 'CallExport' });

export type CallExport = Readonly<z.infer<typeof callExportSchema>>;

/** An entry of the timeline with the event that it is of, where that was kept. */
export interface StoryEntry {
  readonly entry: TimelineEntry;
  readonly raw?: RawEvent | undefined;
}

/** What is known of a call. */
interface Story {
  readonly call: CallExport['call'];
  readonly entries: readonly StoryEntry[];
  readonly operations: ReadonlyMap<string, Operation>;
  readonly isCut: boolean;
}

/** The file of a call. */
export function toExport({ call, entries, operations, isCut }: Story, people: People): CallExport {
  const inFull = entries.map(({ entry, raw }) => whole(entry, raw, operations.get(entry.operationId ?? ''), people));
  const file = { call: people === 'tokens' ? covered(call) : call, entries: inFull };
  const shown = people === 'tokens' ? (withTokens(file) as typeof file) : file;
  return { format: 'acs-switchboard/call', version: 1, people, ...shown, isCut };
}

/** An entry with all that its request, response or event held. */
function whole(
  entry: TimelineEntry,
  raw: RawEvent | undefined,
  operation: Operation | undefined,
  people: People,
): CallExport['entries'][number] {
  const hides = people === 'tokens' ? ({ masked: true } as const) : {};
  const { kind } = entry;
  const event = raw && maskedEvent(raw, hides);
  const input = kind === 'requested' ? operation?.input : undefined;
  const result = kind === 'settled' || kind === 'sent' ? operation?.result : undefined;
  const masked = kind === 'settled' ? maskedResult(result, hides) : result && idsIn(result);
  const shownResult = people === 'tokens' ? masked : result;
  return {
    ...entry,
    ...(input && { input: people === 'tokens' ? covered(maskedInput(input, hides)) : input }),
    ...(shownResult && { result: people === 'tokens' ? covered(shownResult) : shownResult }),
    ...(event && { type: event.type, data: people === 'tokens' ? covered(event.data) : event.data }),
  };
}

/** The ids in a result, such as that of a recording, by which later requests name it: no digits and no words. */
function idsIn(result: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(result).filter(([name]) => name.endsWith('Id')));
}

/** The members that hold names, words of a caller or what a client wrote; what they hold is no matter for a replay. */
const words = ['displayName', 'callerDisplayName', 'sourceDisplayName', 'context', 'value', 'text', 'name'];

const hidden = '•';

/** The value without names and words. */
function covered<Value>(value: Value): Value {
  const cover = (name: string, member: unknown): unknown => {
    if (name === 'metadata' && typeof member === 'object' && member !== null) {
      return Object.fromEntries(Object.keys(member).map((key) => [key, hidden]));
    }
    if (typeof member === 'string') {
      return words.includes(name) ? hidden : member;
    }
    if (Array.isArray(member)) {
      return member.map((one) => cover('', one));
    }
    return typeof member === 'object' && member !== null
      ? Object.fromEntries(Object.entries(member).map(([key, one]) => [key, cover(key, one)]))
      : member;
  };
  return cover('', value) as Value;
}

/** A phone number, or a raw id of a user. */
const person = /\+\d{6,15}|\b(?:8|28|48):[a-z][a-z\d-]*:[\w-]+/gi;

/** The value with each person as a token, which has the form that its number or id has: ACS's side can be played with it. */
export function withTokens(value: unknown): unknown {
  const tokens = new Map<string, string>();
  const tokenOf = (named: string): string => {
    const key = named.toLowerCase();
    const number = tokens.size + 1;
    const [prefix] = named.split(/(?<=:.+:)/);
    // No country has the code 999.
    const made = named.startsWith('+') ? `+999${String(number).padStart(8, '0')}` : `${prefix}person-${number}`;
    const token = tokens.get(key) ?? made;
    tokens.set(key, token);
    return token;
  };
  const replaced = (one: unknown): unknown => {
    if (typeof one === 'string') {
      return one.replace(person, tokenOf);
    }
    if (Array.isArray(one)) {
      return one.map(replaced);
    }
    return typeof one === 'object' && one !== null
      ? Object.fromEntries(Object.entries(one).map(([key, member]) => [key, replaced(member)]))
      : one;
  };
  return replaced(value);
}
