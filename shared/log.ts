/** Every message the app logs: static text, and ids as attributes. Numbers, names, digits and payloads never get here. */

import type { InvocationContext } from '@azure/functions';

type Level = 'information' | 'warning' | 'error';

/** Writes one message; the host adds time, function and invocation. */
export type LogSink = (level: Level, message: string, attributes: Readonly<Record<string, unknown>>) => void;

type OperationIds = { readonly callId: string; readonly operationId: string; readonly operation: string };

/** `receiver` is the id of a webhook, or `notifyUrl`: URLs are the user's own and may hold secrets. */
type NotificationIds = { readonly receiver: string; readonly notificationId: string; readonly attempts: number };
type FailureIds = { readonly reason: string; readonly status: number | undefined };

export type Log = ReturnType<typeof createLog>;

/** The messages, bound to where they go. */
export function createLog(sink: LogSink) {
  return {
    operationSent: (ids: OperationIds) => sink('information', 'ACS took the operation', ids),
    operationRefused: (ids: OperationIds & { acsStatus: number; acsCode: string }) =>
      sink('warning', 'ACS refused the operation', ids),
    operationUnanswered: (ids: OperationIds) =>
      sink('warning', 'ACS did not answer; an event or a read will tell', ids),
    operationResumed: (ids: OperationIds) =>
      sink('warning', 'A repeated request takes over an operation left unanswered', ids),
    operationSettled: (ids: { callId: string; operationId: string; status: string; settledBy: string }) =>
      sink('information', 'An operation settled', ids),
    eventTaken: (ids: { callId: string; eventId: string; event: string }) =>
      sink('information', 'An event was taken', ids),
    eventRepeated: (ids: { callId: string; eventId: string; event: string }) =>
      sink('information', 'An event came again and changes nothing', ids),
    eventRefused: (ids: { callId: string; reason: string }) =>
      sink('warning', 'An element of a callback is no event', ids),
    callbackOfUnknownCall: (ids: { callId: string }) =>
      sink('warning', 'A callback names a call that is not known', ids),
    callCameLate: (ids: { incomingCallId: string; ageSeconds: number; ringWindowSeconds: number }) =>
      sink('warning', 'A call was announced after its ring window; it is recorded as stale and not acted on', ids),
    messageUnreadable: (ids: { queue: string; messageId: string; reason: string }) =>
      sink('error', 'A queue message cannot be read; it is on the poison queue', ids),
    callRang: (ids: { incomingCallId: string; action: string }) => sink('information', 'A call rang', ids),
    callRangAgain: (ids: { incomingCallId: string }) => sink('information', 'A call was announced again', ids),
    callReconciled: (ids: { callId: string; state: string; settled: number }) =>
      sink('warning', 'A call was settled by reading it at ACS', ids),
    sequenceStarted: (ids: { sequenceId: string; name?: string }) => sink('information', 'A sequence was started', ids),
    sequenceEnded: (ids: { sequenceId: string; status: string }) => sink('information', 'A sequence ended', ids),
    sequenceAttemptFailed: (ids: { sequenceId: string; activity: string; error: string }) =>
      sink('error', 'An attempt to advance a sequence failed; it is repeated', ids),
    sequenceTerminated: (ids: { sequenceId: string }) =>
      sink('warning', 'The orchestration of a sequence was terminated through Durable Functions; it is canceled', ids),
    sequenceNotWoken: (ids: { sequenceId: string; error: string }) =>
      sink('warning', 'A sequence could not be told of an event; it looks by itself', ids),
    sequenceNotRecovered: (ids: { sequenceId: string; error: string }) =>
      sink('warning', 'A sequence could not be advanced after a start; its orchestration will do it', ids),
    forgotten: (counts: { calls?: number; sequences?: number; rows: number }) =>
      sink('information', 'What ended long ago was removed', counts),
    recordingArchived: (ids: { callId: string; recordingId: string; files: number }) =>
      sink('information', 'A recording is in the archive', ids),
    archiveDelayed: (ids: { callId: string; recordingId: string; attempt: number; code: string; isOver: boolean }) =>
      sink('warning', 'An attempt to archive a recording failed', ids),
    recordingFailed: (ids: { callId: string; recordingId: string; code: string }) =>
      sink('warning', 'A recording has no files in the archive', ids),
    filesOfUnknownRecording: (ids: { recordingId: string }) =>
      sink('warning', 'Files came of a recording that is not known', ids),
    notificationDelivered: (ids: NotificationIds) => sink('information', 'A receiver took a notification', ids),
    notificationDropped: (ids: NotificationIds) =>
      sink('information', 'A notification is for a webhook that is gone or disabled', ids),
    notificationFailed: (ids: NotificationIds & FailureIds) =>
      sink('warning', 'A receiver did not take a notification; it is tried again', ids),
    notificationGivenUp: (ids: NotificationIds & FailureIds) => sink('error', 'A notification was given up', ids),
    notificationsKept: (ids: { callId: string; error: string }) =>
      sink('warning', 'The queue took no notifications; housekeeping sends them', ids),
    outboxSwept: (ids: { callId: string; letters: number }) =>
      sink('warning', 'Notifications that had not been sent are sent now', ids),
    webhookDisabled: (ids: { webhookId: string }) =>
      sink('warning', 'A receiver answered 410; its webhook is disabled', ids),
    failed: (ids: { correlationId: string; error: string; stack?: string }) =>
      sink('error', 'A request failed by our fault', ids),
  };
}

/** Messages go to the invocation's log, with their ids. */
export function sinkOf(context: InvocationContext): LogSink {
  const write = { information: context.info, warning: context.warn, error: context.error };
  return (level, message, attributes) => write[level].call(context, message, JSON.stringify(attributes));
}
