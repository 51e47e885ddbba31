/** The fields that operations share, with the limits of ACS. Cross-field rules report in the same pass as field rules. */
import * as z from 'zod';
import { isE164, isPhoneNumber } from '../../acs/wire/identifiers.ts';
import { restartSchema } from '../../calls/stream.ts';
import { aliases, aliasRules } from './aliases.ts';
import { urlFor } from './urls.ts';

export const phoneNumber = z
  .string()
  .refine(isE164, 'expected an E.164 number such as +14255550123')
  .meta({ id: 'PhoneNumber', description: 'E.164 number', example: '+14255550100' });

/** A field that callers may expect, with the reason why it cannot be given. */
export const unsupported = (reason: string) =>
  z
    .never(reason)
    .optional()
    .meta({ description: `Not supported: ${reason}` });

/** A WebSocket of the caller's: wss, or ws on this machine in local development, as the policy on URLs says. */
const socketUrl = urlFor(
  'stream',
  z
    .url({ protocol: /^wss?$/, error: 'expected a wss:// URL; ws:// is for this machine only' })
    .meta({ description: 'WebSocket URL', example: 'wss://example.com/audio' }),
);

const restart = restartSchema.optional();

const mediaStreaming = z
  .strictObject({
    transportUrl: socketUrl,
    transportType: z.literal('websocket').default('websocket'),
    audioChannelType: z.enum(['mixed', 'unmixed']).default('mixed'),
    contentType: z.literal('audio').default('audio'),
    startMediaStreaming: z.boolean().optional(),
    enableBidirectional: z.boolean().optional(),
    audioFormat: z.enum(['Pcm16KMono', 'Pcm24KMono']).optional(),
    enableDtmfTones: z.boolean().optional(),
    restart,
  })
  .meta({ id: 'MediaStreamingOptions' });

const transcription = z
  .strictObject({
    transportUrl: socketUrl,
    transportType: z.literal('websocket').default('websocket'),
    locale: z.string().min(2),
    speechModelEndpointId: z.string().optional(),
    startTranscription: z.boolean().optional(),
    enableIntermediateResults: z.boolean().optional(),
    restart,
  })
  .meta({ id: 'TranscriptionOptions' });

/** Options of every operation that starts a media leg: create, connect and answer. */
export const mediaOptions = {
  mediaStreaming: mediaStreaming.optional(),
  transcription: transcription.optional(),
  cognitiveServicesEndpoint: urlFor('speak', z.url({ protocol: /^https$/ })).optional(),
};

const context = z.string().max(1024).optional();
const notifyUrl = z.string().max(2048).optional();
const aliasOf = (name: string) => ({ description: `Alias of \`${name}\`, as the documents of ACS write it` });

/** The longest that an operation waits for a limit: Switchboard's choice. */
const longestQueueSeconds = 3600;

/** How an operation that makes a call waits while a limit is reached. */
export const queue = z
  .strictObject({ forSeconds: z.int().min(1).max(longestQueueSeconds) })
  .optional()
  .meta({ id: 'Queue', description: 'Wait for a limit that is reached, in order of request; without it, 429' });

/** The fields of every operation. */
export const everyOperation = {
  context: context.meta({ description: 'Given back with the operation and in its events' }),
  notifyUrl: notifyUrl.meta({ description: "URL that this operation's events are posted to, signed", format: 'uri' }),
  operationContext: context.meta(aliasOf(aliases.operationContext)),
  operationCallbackUrl: notifyUrl.meta({ ...aliasOf(aliases.operationCallbackUrl), format: 'uri' }),
};

/** The schema of an operation's input: its own fields and those of every operation, no others. */
export function operationInput<Shape extends z.ZodRawShape>(shape: Shape) {
  return agreeing(z.strictObject({ ...shape, ...everyOperation }));
}

/** With the rule that a field which is given under both its names has one value. */
export function agreeing<Schema extends z.ZodType<Readonly<Record<string, unknown>>>>(schema: Schema): Schema {
  return aliasRules.reduce((checked, { agrees, rule }) => checked.refine(agrees, rule), schema);
}

/**
 * ACS refuses to dial a number without a caller id that the resource owns. `when` makes the rule report together with
 * field errors, so it sees fields that may be wrong.
 */
export const callerIdNeeded = {
  path: ['callerId'],
  message: 'required when a phone number is called',
  when: () => true,
};

/** The predicate to that rule. */
export function hasCallerId(callerId: unknown, targets: unknown): boolean {
  const called = Array.isArray(targets) ? targets : [targets];
  return callerId !== undefined || !called.some((target) => typeof target === 'string' && isPhoneNumber(target));
}
