/** The lines of `npm run dev` that come from the host's JSON log. */
import { describe, expect, it } from 'vitest';
import { translate } from '../../../../local/dev/lines/translate.ts';
import { createLog } from '../../../../shared/log.ts';

const at = '2026-11-30T10:00:00.123Z';
const callId = '3f2a81c0-0000-4000-8000-000000000001';

/** The line that the host writes of a message of the app. */
function hostLine(level: string, message: string): string {
  return JSON.stringify({ time: at, level, category: 'Function.callbacks.User', message, functionName: 'callbacks' });
}

/** What the app logs when `write` is called, as the host writes it. */
function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let line = '';
  write(
    createLog((level, message, attributes) => {
      line = hostLine(level, `${message} ${JSON.stringify(attributes)}`);
    }),
  );
  return line;
}

describe('of the host', () => {
  const operation = { callId, operationId: callId, operation: 'createCall' };
  const failure = { notificationId: callId, attempts: 3, reason: 'unreachable', status: undefined };

  it.each<[string, (log: ReturnType<typeof createLog>) => void, string, string]>([
    ['connection', (log) => log.callConnected({ callId }), 'app call 3f2a81c0… is connected', 'good'],
    [
      'end of a call',
      (log) =>
        log.callEnded({
          callId,
          status: 'disconnected',
          reason: 'hungUp',
          endedBy: 'app',
          acsCode: 200,
          acsSubCode: 7000,
        }),
      'app call 3f2a81c0… has ended: hungUp by app (200/7000)',
      'plain',
    ],
    [
      'call that was not made',
      (log) => log.callEnded({ callId, status: 'failed', reason: 'unknown', endedBy: 'unknown' }),
      'app call 3f2a81c0… has failed: unknown',
      'bad',
    ],
    ['accepted request', (log) => log.operationSent(operation), 'ACS takes createCall of call 3f2a81c0…', 'plain'],
    [
      'refusal',
      (log) => log.operationRefused({ ...operation, acsCode: 400, acsSubCode: 8523 }),
      'ACS refuses createCall of call 3f2a81c0… (400/8523)',
      'bad',
    ],
    [
      'outcome',
      (log) => log.operationSettled({ ...operation, status: 'succeeded', settledBy: 'event' }),
      'app createCall of call 3f2a81c0… succeeded, by event',
      'plain',
    ],
    [
      'outcome that is no success',
      (log) => log.operationSettled({ ...operation, status: 'timedOut', settledBy: 'deadline' }),
      'app createCall of call 3f2a81c0… timedOut, by deadline',
      'bad',
    ],
    [
      'call that ACS does not know',
      (log) => log.callReconciled({ callId, state: 'gone', settled: 0 }),
      'ACS does not know call 3f2a81c0…',
      'warning',
    ],
    [
      'call that is otherwise at ACS',
      (log) => log.callReconciled({ callId, state: 'connected', settled: 0 }),
      'ACS has call 3f2a81c0… in another state than the app had',
      'warning',
    ],
    [
      'incoming call with a rule',
      (log) => log.incomingCallReceived({ incomingCallId: callId, action: 'answer', ruleId: 'desk' }),
      'app incoming call 3f2a81c0…: rule desk applies, answer',
      'plain',
    ],
    [
      'incoming call without a rule',
      (log) => log.incomingCallReceived({ incomingCallId: callId, action: 'leave' }),
      'app incoming call 3f2a81c0…: no rule applies, leave',
      'plain',
    ],
    [
      'start of a sequence',
      (log) => log.sequenceStarted({ sequenceId: callId, name: 'menu' }),
      'app sequence 3f2a81c0… starts (menu)',
      'plain',
    ],
    [
      'start of a sequence without a name',
      (log) => log.sequenceStarted({ sequenceId: callId }),
      'app sequence 3f2a81c0… starts',
      'plain',
    ],
    [
      'end of a sequence',
      (log) => log.sequenceEnded({ sequenceId: callId, status: 'succeeded' }),
      'app sequence 3f2a81c0… succeeded',
      'plain',
    ],
    [
      'failure of a sequence',
      (log) => log.sequenceEnded({ sequenceId: callId, status: 'failed' }),
      'app sequence 3f2a81c0… failed',
      'bad',
    ],
    [
      'archived recording',
      (log) => log.recordingArchived({ callId, recordingId: callId, files: 2 }),
      'app recording 3f2a81c0… of call 3f2a81c0… is archived, 2 file(s)',
      'good',
    ],
    [
      'failed recording',
      (log) => log.recordingFailed({ callId, recordingId: callId, code: 'noFile' }),
      'app recording 3f2a81c0… of call 3f2a81c0… failed (noFile)',
      'bad',
    ],
    [
      'delivery that is retried',
      (log) => log.deliveryAttemptFailed({ receiver: 'crm', ...failure }),
      'app webhook crm: attempt 3 failed (unreachable), retried later',
      'warning',
    ],
    [
      'delivery that failed',
      (log) => log.deliveryFailed({ receiver: 'crm', ...failure, status: 500 }),
      'app webhook crm: not delivered after 3 attempts (it responded 500)',
      'bad',
    ],
    [
      'webhook that unsubscribed',
      (log) => log.webhookDisabled({ webhookId: 'crm', reason: 'gone' }),
      'app webhook crm is disabled, because it responded 410',
      'bad',
    ],
    [
      'webhook that fails',
      (log) => log.webhookDisabled({ webhookId: 'crm', reason: 'failing' }),
      'app webhook crm is disabled, because it accepts nothing',
      'bad',
    ],
    [
      'warning without words of its own',
      (log) => log.callbackOfUnknownCall({ callId }),
      'app Callback for an unknown call (callId 3f2a81c0…)',
      'warning',
    ],
  ])('a line for each %s', (_, write, text, tone) => {
    const line = translate('host', logged(write), 'stdout');

    expect([`${line?.who} ${line?.what}`, line?.tone, line?.at]).toEqual([text, tone, at]);
  });

  it('a line for every warning and error of the app', () => {
    const silent: string[] = [];
    const log = createLog((level, message) => {
      if (level !== 'information' && !translate('host', hostLine(level, `${message} {}`), 'stdout')) {
        silent.push(message);
      }
    });
    for (const write of Object.values(log)) {
      (write as (ids: object) => void)({});
    }
    expect(silent).toEqual([]);
  });

  it.each([
    ['a failed invocation', hostLine('error', "Executed 'x' (Failed): Error: no\n    at y"), "Executed 'x' (Failed)"],
    ['a line of work that outlives its invocation', `error: Unhandled error {"correlationId":"c"}`, 'Unhandled error'],
    ['what a function prints', 'my own { line', 'my own { line'],
    ['JSON that is no entry of the log', '{"mine":1}', '{"mine":1}'],
    ['what only looks like JSON', '{mine}', '{mine}'],
    ['a restart', 'A source file has changed: restarting.', 'restarts'],
    ['the end of a restart', 'Functions:', 'is up'],
  ])('a line for %s', (_, text, says) => {
    expect(translate('host', text, 'stdout')?.what).toContain(says);
  });

  it.each([
    ['an invocation', hostLine('information', "Executing 'x' (Reason='HTTP request')")],
    ['an event', logged((log) => log.eventApplied({ callId, eventId: 'e', event: 'CallConnected' }))],
    ['the list of functions', '  listCalls:  [GET] http://localhost:7071/api/calls'],
    ['an empty line', ''],
  ])('none for %s', (_, text) => {
    expect(translate('host', text, 'stdout')).toBeUndefined();
  });
});
