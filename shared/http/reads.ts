/** The table of reads: what the triggers, OpenAPI and the docs know of each. */
import * as z from 'zod';
import {
  callSchema,
  callStatuses,
  incomingCallSchema,
  incomingCallStatuses,
  participantSchema,
} from '../calls/call.ts';
import { continuousDtmfSchema } from '../calls/continuous-dtmf.ts';
import { operationSchema } from '../calls/operation-life/operation-record.ts';
import { recordingSchema } from '../calls/recording/recording.ts';
import { timelineEntrySchema } from '../calls/timeline.ts';
import { participant } from '../operations/fields/fields.ts';
import { routingRuleSchema } from '../routing/rule.ts';
import { sequenceSchema } from '../sequences/runtime/sequence.ts';
import { failureSchema } from '../webhooks/failure.ts';
import { webhookSchema } from '../webhooks/webhook.ts';
import {
  getCall,
  getContinuousDtmf,
  getIncomingCall,
  getOperation,
  getParticipant,
  getProperties,
  getTimeline,
  listCalls,
  listIncomingCalls,
  listParticipants,
} from './endpoints/calls.ts';
import {
  contentParameters,
  getRecording,
  getRecordingContent,
  listRecordings,
  recordingFilters,
} from './endpoints/recordings.ts';
import { getRoutingRule, listRoutingRules } from './endpoints/routing-rules.ts';
import { builtInSchema, getBuiltIns, getSequence, listSequences, sequenceFilters } from './endpoints/sequences.ts';
import { getWebhook, listWebhookFailures, listWebhooks } from './endpoints/webhooks.ts';
import type { Handler } from './handler.ts';
import { pageParameters } from './query.ts';

/** One read. `filters` are its query parameters; a `list` answers `{items, nextCursor?}` of its schema. */
export interface Read {
  readonly name: string;
  readonly summary: string;
  readonly path: string;
  readonly answer: Handler;
  readonly schema: z.ZodType;
  readonly list?: true;
  /** It answers with a file of one of these types, and with a part of it when asked for a range. */
  readonly contentTypes?: readonly string[];
  readonly filters?: Readonly<Record<string, z.ZodType>>;
}

const status = (values: readonly [string, ...string[]]) => ({ ...pageParameters, status: z.enum(values).optional() });

const propertiesSchema = z
  .looseObject({ callConnectionId: z.string(), callConnectionState: z.string(), targets: z.array(z.string()) })
  .meta({ id: 'CallProperties' });

export const reads: readonly Read[] = [
  {
    name: 'listCalls',
    summary: 'Calls, newest first',
    path: 'calls',
    answer: listCalls,
    schema: callSchema,
    list: true,
    filters: status(callStatuses),
  },
  {
    name: 'getCall',
    summary: 'A call as the ledger knows it',
    path: 'calls/{callId}',
    answer: getCall,
    schema: callSchema,
  },
  {
    name: 'getTimeline',
    summary: 'What was asked, sent, told and settled in a call',
    path: 'calls/{callId}/timeline',
    answer: getTimeline,
    schema: timelineEntrySchema,
    list: true,
    filters: pageParameters,
  },
  {
    name: 'getProperties',
    summary: 'The live properties of a call, from ACS',
    path: 'calls/{callId}/properties',
    answer: getProperties,
    schema: propertiesSchema,
  },
  {
    name: 'listParticipants',
    summary: 'Who is in a call now, from ACS',
    path: 'calls/{callId}/participants',
    answer: listParticipants,
    schema: participantSchema,
    list: true,
    filters: pageParameters,
  },
  {
    name: 'getParticipant',
    summary: 'One participant, from ACS',
    path: 'calls/{callId}/participants/{participant}',
    answer: getParticipant,
    schema: participantSchema,
  },
  {
    name: 'getContinuousDtmf',
    summary: 'The digits that a participant pressed while continuous DTMF recognition ran',
    path: 'calls/{callId}/media/continuous-dtmf',
    answer: getContinuousDtmf,
    schema: continuousDtmfSchema,
    filters: { participant },
  },
  {
    name: 'listIncomingCalls',
    summary: 'Calls that rang, newest first',
    path: 'incoming-calls',
    answer: listIncomingCalls,
    schema: incomingCallSchema,
    list: true,
    filters: status(incomingCallStatuses),
  },
  {
    name: 'getIncomingCall',
    summary: 'A call that rang',
    path: 'incoming-calls/{incomingCallId}',
    answer: getIncomingCall,
    schema: incomingCallSchema,
  },
  {
    name: 'getOperation',
    summary: 'An operation and its outcome',
    path: 'operations/{operationId}',
    answer: getOperation,
    schema: operationSchema,
  },
  {
    name: 'listRecordings',
    summary: 'Recordings, newest first',
    path: 'recordings',
    answer: listRecordings,
    schema: recordingSchema,
    list: true,
    filters: recordingFilters,
  },
  {
    name: 'getRecording',
    summary: 'A recording, and the files of it that are in the archive',
    path: 'recordings/{recordingId}',
    answer: getRecording,
    schema: recordingSchema,
  },
  {
    name: 'getRecordingContent',
    summary: 'A file of a recording, from the archive',
    path: 'recordings/{recordingId}/content',
    answer: getRecordingContent,
    schema: z.string().meta({ format: 'binary' }),
    contentTypes: ['audio/wav', 'audio/mpeg', 'video/mp4'],
    filters: contentParameters,
  },
  {
    name: 'listSequences',
    summary: 'Sequences, newest first',
    path: 'sequences',
    answer: listSequences,
    schema: sequenceSchema,
    list: true,
    filters: sequenceFilters,
  },
  {
    // Azure asks functions for a path in order of their names: before getSequence, whose parameter would take it.
    name: 'getBuiltInSequences',
    summary: 'The sequences that can be started by their name',
    path: 'sequences/built-in',
    answer: getBuiltIns,
    schema: builtInSchema,
    list: true,
    filters: pageParameters,
  },
  {
    name: 'getSequence',
    summary: 'How far a sequence is, step by step',
    path: 'sequences/{sequenceId}',
    answer: getSequence,
    schema: sequenceSchema,
  },
  {
    name: 'listRoutingRules',
    summary: 'The routing rules',
    path: 'routing-rules',
    answer: listRoutingRules,
    schema: routingRuleSchema,
    list: true,
    filters: pageParameters,
  },
  {
    name: 'getRoutingRule',
    summary: 'A routing rule',
    path: 'routing-rules/{ruleId}',
    answer: getRoutingRule,
    schema: routingRuleSchema,
  },
  {
    name: 'listWebhooks',
    summary: 'The webhooks',
    path: 'webhooks',
    answer: listWebhooks,
    schema: webhookSchema,
    list: true,
    filters: pageParameters,
  },
  {
    name: 'getWebhook',
    summary: 'A webhook, without its secret',
    path: 'webhooks/{webhookId}',
    answer: getWebhook,
    schema: webhookSchema,
  },
  {
    name: 'listWebhookFailures',
    summary: 'What a webhook missed, newest first; `notifyUrl` as its id names the URLs of operations',
    path: 'webhooks/{webhookId}/failures',
    answer: listWebhookFailures,
    schema: failureSchema,
    list: true,
    filters: pageParameters,
  },
];
