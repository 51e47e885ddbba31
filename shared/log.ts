/** Every message the app logs: static text with ids as attributes, never phone numbers, names, digits or payloads. */

import type { InvocationContext } from '@azure/functions';

type Level = 'information' | 'warning' | 'error';

/** Writes one message; the host adds time, function and invocation. */
export type LogSink = (level: Level, message: string, attributes: Readonly<Record<string, unknown>>) => void;

type OperationIds = { readonly callId: string; readonly operationId: string; readonly operation: string };

/** `receiver` is the id of a webhook, or `notifyUrl`: the URL itself may hold a secret. */
type NotificationIds = { readonly receiver: string; readonly notificationId: string; readonly attempts: number };
type FailureIds = { readonly reason: string; readonly status: number | undefined };

export type Log = ReturnType<typeof createLog>;

/** The messages, bound to a sink. */
export function createLog(sink: LogSink) {
  return {
    operationSent: (ids: OperationIds) => sink('information', 'ACS accepted the operation', ids),
    operationRefused: (ids: OperationIds & { acsCode: number; acsSubCode: number | undefined }) =>
      sink('warning', 'ACS refused the operation', ids),
    operationUnconfirmed: (ids: OperationIds) =>
      sink('warning', 'ACS did not respond in time; an event or a read will settle the operation', ids),
    operationTakeover: (ids: OperationIds) =>
      sink('warning', 'Takeover of an operation whose process ended before ACS responded', ids),
    operationSettled: (ids: OperationIds & { status: string; settledBy: string }) =>
      sink('information', 'Operation settled', ids),
    callConnected: (ids: { callId: string }) => sink('information', 'Call connected', ids),
    callEnded: (ids: {
      callId: string;
      status: string;
      reason: string;
      endedBy: string;
      acsCode?: number;
      acsSubCode?: number;
    }) => sink('information', 'Call ended', ids),
    presumedNotSettled: (ids: { callId: string; error: string }) =>
      sink(
        'warning',
        'Presumed outcomes not settled in time; the next event, a reader or housekeeping settles them',
        ids,
      ),
    callNotIndexed: (ids: { callId: string; error: string }) =>
      sink('warning', 'Call not indexed for searches in time; housekeeping indexes it', ids),
    slotNotChanged: (ids: { callId: string; error: string }) =>
      sink('warning', 'Slot of a call not freed or taken in time; housekeeping does it', ids),
    queuedNotSent: (ids: { operationId: string; error: string }) =>
      sink('warning', 'Operation that waited for a limit not sent in time; housekeeping sends it', ids),
    queueNotRead: (ids: { error: string }) =>
      sink('warning', 'Operations that wait for a limit could not be read; they are read again', ids),
    eventApplied: (ids: { callId: string; eventId: string; event: string }) =>
      sink('information', 'Event applied', ids),
    eventRedelivered: (ids: { callId: string; eventId: string; event: string }) =>
      sink('information', 'Event redelivered; it was applied before', ids),
    eventRefused: (ids: { event: string; eventId: string; callId?: string; reason: string }) =>
      sink('error', 'Event refused for good: it changes nothing and is not delivered again', ids),
    callbackOfUnknownCall: (ids: { callId: string }) => sink('warning', 'Callback for an unknown call', ids),
    incomingCallStale: (ids: { incomingCallId: string; ageSeconds: number; ringWindowSeconds: number }) =>
      sink(
        'warning',
        'IncomingCall event delivered after the ring window; the call is stored as stale and no rule applies',
        ids,
      ),
    incomingCallNotRedirected: (ids: { incomingCallId: string; reason: string }) =>
      sink('warning', 'Incoming call not redirected because of a limit; it rings on', ids),
    queueMessageInvalid: (ids: { queue: string; messageId: string; reason: string }) =>
      sink('error', 'Queue message does not match its schema; moved to the poison queue', ids),
    incomingCallReceived: (ids: { incomingCallId: string; action: string; ruleId?: string }) =>
      sink('information', 'Incoming call', ids),
    incomingCallRedelivered: (ids: { incomingCallId: string }) =>
      sink('information', 'IncomingCall event redelivered', ids),
    gridCallEventReceived: (ids: { event: string; eventId: string; callId?: string }) =>
      sink('information', 'Event Grid event of a call', ids),
    streamRestart: (ids: { callId: string; stream: string; operationId: string; failure: number }) =>
      sink('warning', 'Stream failed; it is started again', ids),
    streamNotRestarted: (ids: { callId: string; stream: string; error: string }) =>
      sink('warning', 'Stream could not be started again in time; housekeeping tries it', ids),
    callReconciled: (ids: { callId: string; state: string; settled: number }) =>
      sink('warning', 'Call reconciled with its state at ACS', ids),
    sequenceStarted: (ids: { sequenceId: string; name?: string }) => sink('information', 'Sequence started', ids),
    sequenceEnded: (ids: { sequenceId: string; status: string }) => sink('information', 'Sequence ended', ids),
    sequenceAttemptFailed: (ids: { sequenceId: string; activity: string; error: string }) =>
      sink('error', 'Attempt to advance a sequence failed; Durable Functions retries it', ids),
    sequenceTerminated: (ids: { sequenceId: string }) =>
      sink('warning', 'Orchestration terminated through Durable Functions; its sequence is canceled', ids),
    sequenceNotWoken: (ids: { sequenceId: string; error: string }) =>
      sink('warning', 'Sequence could not be notified of an event; its recheck timer reads the call', ids),
    sequenceNotRecovered: (ids: { sequenceId: string; error: string }) =>
      sink('warning', 'Sequence could not be advanced after a restart; its orchestration will advance it', ids),
    expiredRemoved: (counts: {
      calls?: number;
      sequences?: number;
      operations?: number;
      contents?: number;
      recordings?: number;
      undelivered?: number;
      rows: number;
    }) => sink('information', 'Expired rows removed', counts),
    recordingKept: (ids: { callId: string; recordingId: string; reasons: string }) =>
      sink('warning', 'Recording is older than it is to be kept, and could not be deleted; tried again in a day', ids),
    erasureCompleted: (ids: { erasureId: string; calls: number }) => sink('information', 'Erasure completed', ids),
    erasureInterrupted: (ids: { erasureId: string; error: string }) =>
      sink('warning', 'Erasure interrupted; housekeeping resumes it', ids),
    recordingArchived: (ids: { callId: string; recordingId: string; files: number }) =>
      sink('information', 'Recording archived', ids),
    archiveAttemptFailed: (ids: {
      callId: string;
      recordingId: string;
      attempt: number;
      code: string;
      isOver: boolean;
    }) => sink('warning', 'Attempt to archive a recording failed', ids),
    recordingFailed: (ids: { callId: string; recordingId: string; code: string }) =>
      sink('warning', 'Recording failed; no file was archived', ids),
    recordingLinkRefused: (ids: { recordingId: string; error: string }) =>
      sink('warning', 'Blob Storage signed no link to a recording; the app sends it itself', ids),
    recordingUnknown: (ids: { recordingId: string }) =>
      sink('warning', 'RecordingFileStatusUpdated event for an unknown recording', ids),
    notificationDelivered: (ids: NotificationIds) => sink('information', 'Notification delivered', ids),
    notificationDropped: (ids: NotificationIds) =>
      sink('information', 'Notification dropped; its webhook is deleted or disabled', ids),
    notificationErased: (ids: NotificationIds) =>
      sink('information', 'Notification dropped; its delivery was erased or has expired', ids),
    deliverySuperseded: (ids: NotificationIds) =>
      sink('information', 'Delivery attempt not needed; the notification was delivered or sent again since', ids),
    deliveryAttemptFailed: (ids: NotificationIds & FailureIds) =>
      sink('warning', 'Delivery attempt failed; the notification will be retried', ids),
    deliveryFailed: (ids: NotificationIds & FailureIds) =>
      sink('error', 'Delivery failed; the retries of the notification are exhausted', ids),
    notificationsNotQueued: (ids: { callId: string; error: string }) =>
      sink('warning', 'Notifications could not be queued; housekeeping sends them from the outbox', ids),
    outboxSent: (ids: { callId: string; messages: number }) =>
      sink('warning', 'Notifications left in an outbox sent', ids),
    webhookDisabled: (ids: { webhookId: string; reason: string }) =>
      sink('error', 'Webhook disabled; its receiver unsubscribed or has accepted nothing for too long', ids),
    dataKeysNotLoaded: (ids: { error: string }) =>
      sink('warning', 'Data keys of encryption not loaded; the next use loads them', ids),
    auditNotStored: (
      ids: { at: string; who: string; what: string; route: string; status: number; error: string } & Record<
        string,
        unknown
      >,
    ) => sink('error', 'Audit entry could not be stored; this log entry has what it says', ids),
    unhandledError: (ids: { correlationId: string; error: string; stack?: string }) =>
      sink('error', 'Unhandled error', ids),
  };
}

/** Writes to the log of an invocation. */
export function sinkOf(context: InvocationContext): LogSink {
  const write = { information: context.info, warning: context.warn, error: context.error };
  return (level, message, attributes) => write[level].call(context, message, JSON.stringify(attributes));
}

/** Messages of work that outlives its invocation go to the output of the process, which the host collects. */
export const processSink: LogSink = (level, message, attributes) => {
  process.stdout.write(`${level}: ${message} ${JSON.stringify(attributes)}\n`);
};
