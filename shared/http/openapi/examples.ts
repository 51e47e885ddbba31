/**
 * One example of each resource that the API answers with, as a call to a phone number brings it about, by the name of its
 * schema. A test holds each to that schema, and every success of every endpoint to having one.
 */
import type { Json } from './json-schema.ts';

const at = (second: number) => `2026-01-31T12:00:${String(second).padStart(2, '0')}.000Z`;

const callId = '6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d';
const recordingId = '3b9d2f64-7c1e-8a50-b6f2-1d0e9c8b7a65';
const sequenceId = 'c2a7e5d1-9f38-4d6b-8b14-0e7f6a5d4c3b';
const caller = '+14255550100';
const callee = '+14255550123';
const participant = { participantId: 'p-CU_hOAKH-9SDgfex', participant: callee };
const requestedBy = { kind: 'api' };

const connection = {
  callConnectionId: '62422c03-a768-43f7-af96-b01fe5c2e89e',
  correlationId: 'e7c0c224-7d93-4afb-9d6d-2db92c8fac7b',
};

const call = {
  callId,
  status: 'connected',
  direction: 'outbound',
  from: caller,
  to: [callee],
  createdAt: at(0),
  connectedAt: at(4),
  roster: [{ ...participant, role: 'target', status: 'connected', invitedAt: at(0), joinedAt: at(4) }],
  participants: [{ ...participant, isMuted: false, isOnHold: false }],
  recordingIds: [recordingId],
  sequenceIds: [],
  ...connection,
};

const operation = {
  operationId: callId,
  name: 'hangUp',
  callId,
  status: 'succeeded',
  requestedBy,
  settledBy: 'event',
  createdAt: at(9),
  settledAt: at(10),
};

const operationWith = (name: string, result: Json) => {
  const { settledBy: _, settledAt: __, ...sent } = operation;
  return { ...sent, name, result };
};

const entry = { at: at(4), kind: 'event', event: 'CallConnected', operationId: callId, why: 'raised for createCall' };

const event = {
  specversion: '1.0',
  id: 'e7084e67-797e-4720-8f52-1d12babc1a3c',
  type: 'Microsoft.Communication.CallConnected',
  source: `/calls/${callId}`,
  time: at(4),
  datacontenttype: 'application/json',
  data: { callId, operationId: callId, ...connection },
};

const attempt = { at: at(5), durationMs: 24, status: 503, reason: 'busy' };

const apiKey = { apiKeyId: '9b678c1f0eb0fb54', name: 'crm', roles: ['Calls.Read', 'Calls.Operate'], createdAt: at(0) };

const auditEntry = {
  auditId: '8203899610659-1ea44372c6c5',
  at: at(0),
  who: 'key:9b678c1f0eb0fb54',
  name: 'crm',
  kind: 'change',
  what: 'createCall',
  route: 'POST /calls',
  about: { callId },
  status: 202,
  requestId: 'b87ebb75-1949-476d-a71c-45991ff0b2c3',
};

export const examples: Readonly<Record<string, Json>> = {
  Call: call,
  CallExport: {
    format: 'acs-switchboard/call',
    version: 1,
    people: 'tokens',
    call: { callId, direction: 'outbound', createdAt: at(0) },
    entries: [entry],
    isCut: false,
  },
  CallProperties: { ...connection, callConnectionState: 'connected', targets: [callee], sourceCallerId: caller },
  TimelineEntry: entry,
  IncomingCall: { incomingCallId: callId, from: callee, to: caller, receivedAt: at(0), status: 'ringing' },
  Participant: { ...participant, isMuted: false, isOnHold: false },
  ContinuousDtmf: {
    ...{ participant: callee, status: 'listening' },
    ...{ digits: [{ sequenceId: 1, tone: 'five', at: at(7) }], gaps: [], duplicates: [] },
  },
  Operation: operation,
  ConnectionOperation: operationWith('createCall', connection),
  AddParticipantOperation: operationWith('addParticipant', { invitationId: 'a1212a1f-97e5-4cc1-b2b4-5fe0186e5d6a' }),
  PlayOperation: operationWith('play', {}),
  RecognizeOperation: operationWith('recognize', { recognitionType: 'dtmf', tones: ['one', 'two'] }),
  StreamingOperation: operationWith('startMediaStreaming', { details: 'subscriptionStarted' }),
  StartRecordingOperation: operationWith('startRecording', { recordingId }),
  Recording: {
    recordingId,
    callId,
    status: 'archived',
    content: 'audio',
    channel: 'mixed',
    format: 'wav',
    createdAt: at(5),
    startedAt: at(5),
    stoppedAt: at(9),
    archivedAt: at(30),
    durationMilliseconds: 4000,
    pauses: [],
    files: [
      {
        chunk: 0,
        contentType: 'audio/wav',
        lengthBytes: 128_044,
        sha256: '8f43…',
        startedAt: at(5),
        durationMilliseconds: 4000,
      },
    ],
  },
  Sequence: {
    sequenceId,
    name: 'addThenCancel',
    callId,
    status: 'running',
    steps: [{ id: 'add', do: 'addParticipant', status: 'running', operationId: sequenceId, startedAt: at(6) }],
    createdAt: at(6),
  },
  BuiltInSequence: {
    name: 'roomCall',
    summary: 'Join a room, and ask people into it',
    inputSchema: { type: 'object', properties: { roomId: { type: 'string' } }, required: ['roomId'] },
  },
  RoutingRule: {
    ...{ ruleId: 'after-hours', priority: 10, enabled: true },
    ...{ match: { to: caller }, action: { kind: 'reject', reason: 'busy' } },
  },
  RoutingExplanation: {
    ...{ ruleId: 'after-hours', action: { kind: 'reject', reason: 'busy' } },
    others: [{ ruleId: 'sales', reason: 'the rule is disabled' }],
  },
  Webhook: { webhookId: 'crm', url: 'https://example.com/events', eventTypes: ['CallConnected'], enabled: true },
  WebhookDelivery: {
    deliveryId: '8203899669053-TQ1buwmbt_SRORcB',
    notificationId: event.id,
    callId,
    status: 'pending',
    reason: 'busy',
    attempts: [attempt],
    nextAttemptAt: at(10),
    event,
  },
  WebhookTest: { notificationId: event.id, isDelivered: false, ...attempt },
  CloudEvent: event,
  Limits: { allowedDestinations: ['US', '+4420'], maxTargets: 10, maxRedirects: 5 },
  Erasure: {
    erasureId: '0f9d6a52-3c7e-4b81-9e24-7a1c5d3b8f60',
    status: 'completed',
    personHash: 'Zk3v0mWq1cQb8LxT',
    requestedBy,
    createdAt: at(0),
    completedAt: at(50),
    removed: { calls: 2, rows: 41, recordings: 1 },
    kept: [],
  },
  ApiKey: apiKey,
  NewApiKey: { key: 'swb_9b678c1f0eb0fb54_…', ...apiKey },
  AuditEntry: auditEntry,
  Health: { status: 'healthy', checks: { storage: { status: 'healthy' }, events: { status: 'healthy' } } },
  ApiIndex: {
    name: 'ACS Switchboard',
    apiVersion: '2026-11-30',
    links: [
      { rel: 'listCalls', href: 'https://switchboard.example.com/api/calls', title: 'Calls by any of their filters' },
    ],
  },
  Problem: {
    type: 'https://github.com/contoso/switchboard/blob/HEAD/docs/problems.md#callEnded',
    title: 'The call has ended',
    status: 410,
    detail: 'The call has ended.',
    code: 'callEnded',
    correlationId: 'b87ebb75-1949-476d-a71c-45991ff0b2c3',
  },
};

/** Examples of what is no JSON, by its content type. */
export const textExamples: Readonly<Record<string, string>> = {
  'text/plain': '   0.141 s  app     stores the intent of createCall, by a request to the API\n',
  'text/event-stream': `event: timeline\ndata: ${JSON.stringify(entry)}\n\n`,
  'application/jsonl': `${JSON.stringify(auditEntry)}\n`,
};
