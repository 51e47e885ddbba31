/** The table of endpoints: triggers, OpenAPI, docs and contract tests loop over it. */
import { operations } from '../../operations/index.ts';
import type { Endpoint } from '../endpoint.ts';
import { getCall, getProperties, getTimeline, listCalls } from './calls.ts';
import { getIncomingCall, listIncomingCalls } from './incoming-calls.ts';
import { getOperation, operationEndpoint } from './operations.ts';
import { getContinuousDtmf, getParticipant, listParticipants } from './participants.ts';
import { getRecording, getRecordingContent, listRecordings } from './recordings.ts';
import {
  deleteRoutingRule,
  explainRouting,
  getRoutingRule,
  listRoutingRules,
  putRoutingRule,
} from './routing-rules.ts';
import {
  cancelSequenceEndpoint,
  getBuiltInSequences,
  getSequence,
  listSequences,
  startSequenceEndpoint,
} from './sequences.ts';
import { getHealth, openApiEndpoint } from './system.ts';
import { deleteWebhook, getWebhook, listWebhookFailures, listWebhooks, putWebhook } from './webhooks.ts';

const described: readonly Endpoint[] = [
  listCalls,
  getCall,
  getTimeline,
  getProperties,
  listIncomingCalls,
  getIncomingCall,
  listParticipants,
  getParticipant,
  getContinuousDtmf,
  ...operations.map(operationEndpoint),
  getOperation,
  listRecordings,
  getRecording,
  getRecordingContent,
  startSequenceEndpoint,
  listSequences,
  getSequence,
  getBuiltInSequences,
  cancelSequenceEndpoint,
  listRoutingRules,
  getRoutingRule,
  putRoutingRule,
  deleteRoutingRule,
  explainRouting,
  listWebhooks,
  getWebhook,
  listWebhookFailures,
  putWebhook,
  deleteWebhook,
  getHealth,
];

export const endpoints: readonly Endpoint[] = [...described, openApiEndpoint(described)];
