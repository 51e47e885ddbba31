/** The table of endpoints: triggers, OpenAPI, docs and contract tests loop over it. */
import { operations } from '../../operations/index.ts';
import type { Endpoint } from '../endpoint.ts';
import { indexEndpoint } from './api-index.ts';
import { createApiKey, deleteApiKey, listApiKeys } from './api-keys.ts';
import { exportAudit, listAudit } from './audit.ts';
import { callbackRoute } from './callbacks.ts';
import { exportCall, getProperties, getTimeline, listCalls, searchCalls, updateCall } from './calls.ts';
import { deleteCall, getErasure, listErasures, startErasure } from './erasures.ts';
import { listEvents } from './events.ts';
import { getCall } from './get-call.ts';
import { getIncomingCall, listIncomingCalls, searchIncomingCalls } from './incoming-calls.ts';
import { getLimits, putLimits } from './limits.ts';
import { getOperation, listOperations, operationEndpoints } from './operations.ts';
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
import { followCall, followCalls } from './streams.ts';
import { getHealth, openApiEndpoint } from './system.ts';
import { unmatched } from './unmatched.ts';
import { getWebhookDelivery, listWebhookDeliveries, resendWebhookDelivery } from './webhook-deliveries.ts';
import { deleteWebhook, getWebhook, listWebhooks, putWebhook, testWebhook } from './webhooks.ts';

const described: readonly Endpoint[] = [
  listCalls,
  searchCalls,
  followCalls,
  getCall,
  updateCall,
  deleteCall,
  getTimeline,
  exportCall,
  followCall,
  getProperties,
  listIncomingCalls,
  searchIncomingCalls,
  getIncomingCall,
  listParticipants,
  getParticipant,
  getContinuousDtmf,
  ...operations.flatMap(operationEndpoints),
  listOperations,
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
  listWebhookDeliveries,
  getWebhookDelivery,
  resendWebhookDelivery,
  testWebhook,
  putWebhook,
  deleteWebhook,
  listEvents,
  getLimits,
  putLimits,
  createApiKey,
  listApiKeys,
  deleteApiKey,
  listAudit,
  exportAudit,
  startErasure,
  listErasures,
  getErasure,
  getHealth,
];

const index = indexEndpoint(() => routed);

/** Each with a function of its own, which has the route. */
export const routed: readonly Endpoint[] = [...described, openApiEndpoint([...described, index])];

export const endpoints: readonly Endpoint[] = [...routed, index];

/** Answers what no route takes, the index among it. */
export const answerUnmatched = unmatched([...routed, callbackRoute], index);
