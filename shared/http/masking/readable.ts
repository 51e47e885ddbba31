/**
 * What every caller may read: ids, times, statuses, codes and the app's own words. Anything that is not listed here, and no
 * value of a closed list in its schema, is hidden from callers without `People.See`, so a new member is hidden until it is
 * listed.
 */
import * as z from 'zod';
import { callSchema } from '../../calls/call.ts';
import { recordingSchema } from '../../calls/recording/recording.ts';
import { timelineEntrySchema } from '../../calls/timeline.ts';
import { operations } from '../../operations/index.ts';
import { isUuid } from '../../uuid.ts';
import { sentEvents } from '../../webhooks/cloud-event.ts';
import { pathSchemas } from '../path.ts';

/** Ids, by which answers refer to each other; readable wherever they are, in events of ACS too. */
const ids: readonly string[] = [
  ...Object.keys(pathSchemas),
  'callConnectionId',
  'correlationId',
  'eventId',
  'invitationId',
  'participantIds',
  'recordingIds',
  'sequenceIds',
  'serverCallId',
];

/** Members that are readable where the schema of an answer declares them. */
const declared: readonly string[] = [
  ...ids,
  'action',
  'allowedDestinations',
  'apiKeyId',
  'auditId',
  'callConnectionState',
  'code',
  'cognitiveServicesEndpoint',
  'contentType',
  'createdBy',
  'do',
  'event',
  'host',
  'id',
  'key',
  'locale',
  'name',
  'nextCursor',
  'notificationId',
  'operation',
  'personHash',
  'recognitionType',
  'requestId',
  'route',
  'settledBy',
  'sha256',
  'source',
  'speechModelEndpointId',
  'stops',
  'timeZone',
  'transportUrl',
  'type',
  'url',
  'what',
  'who',
];

/** Sentences: of the app, and of ACS. The people in them are masked. */
export const sentences: readonly string[] = [
  'acsMessage',
  'detail',
  'details',
  'message',
  'path',
  'reason',
  'summary',
  'title',
  'why',
];

/** Descriptions of the API itself, which are shown whole. */
export const descriptions: readonly string[] = ['inputSchema'];

/** Members whose names and values are a client's or a caller's. */
export const foreign: readonly string[] = ['metadata', 'sipHeaders', 'voipHeaders'];

/** A time as the API and ACS write it. */
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Whether a schema states that a text has one of the values or forms that every caller may read. */
export function isStated(schema: z.core.$ZodType, text: string): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'enum':
      return !isTones(def.entries) && Object.values(def.entries).includes(text);
    case 'literal':
      return def.values.includes(text);
    case 'string': {
      const format = 'format' in def ? def.format : undefined;
      return (format === 'uuid' && isUuid(text)) || (format === 'datetime' && timePattern.test(text));
    }
    default:
      return false;
  }
}

/** Tones are a closed list, and digits all the same. */
function isTones(entries: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(entries, 'asterisk');
}

/** Whether a member that a schema declares as a text is readable by its name. */
export function isReadable(name: string): boolean {
  return declared.includes(name);
}

/**
 * Whether a member that no schema declares is readable, as in an event of ACS or the input of an operation: an id, or a value
 * or form that the API states for a member of this name elsewhere.
 */
export function isKnown(name: string, text: string): boolean {
  vocabulary ??= wordsOf(
    z.object({
      inputs: z.union(operations.map(({ input }) => input)),
      answers: z.union([callSchema, recordingSchema, timelineEntrySchema, ...Object.values(sentEvents)]),
    }),
  );
  return ids.includes(name) || (vocabulary.get(name) ?? []).some((schema) => isStated(schema, text));
}

type Vocabulary = ReadonlyMap<string, readonly z.core.$ZodType[]>;

let vocabulary: Vocabulary | undefined;

/** The schemas of all texts with values or forms that are readable, by the names of their members. */
function wordsOf(schema: z.core.$ZodType): Vocabulary {
  const words = new Map<string, z.core.$ZodType[]>();
  const seen = new Set<z.core.$ZodType>();
  const collect = (name: string, one: z.core.$ZodType): void => {
    const { def } = (one as z.core.$ZodTypes)._zod;
    if (def.type === 'enum' || def.type === 'literal' || def.type === 'string') {
      words.set(name, [...(words.get(name) ?? []), one]);
    }
    if (!seen.has(one)) {
      seen.add(one);
      for (const [part, inner] of partsOf(one)) {
        collect(part ?? name, inner);
      }
    }
  };
  collect('', schema);
  return words;
}

/** The parts of a schema as an answer has them: members with their names, elements and alternatives without. */
function partsOf(schema: z.core.$ZodType): readonly (readonly [name: string | undefined, z.core.$ZodType])[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape);
    case 'array':
      return [[undefined, def.element]];
    default:
      return alternativesOf(schema).map((one) => [undefined, one] as const);
  }
}

/** What a schema wraps, or the schemas that a value of it may have. */
export function alternativesOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'union':
      return def.options;
    case 'intersection':
      return [def.left, def.right];
    case 'pipe':
      return [def.out];
    case 'optional':
    case 'nonoptional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return [def.innerType];
    default:
      return [];
  }
}
