/** recordLifecycle and consentThenRecord. */
import { expect, test } from 'vitest';
import { fail, finish, press, start, succeed } from './line.ts';

const consent = { participant: '+14255550123', prompt: { text: 'May we record? Press 1 for yes, 2 for no.' } };
const scheduled = {
  schedule: [
    { after: 'PT5S', do: 'pause' },
    { after: 'PT2S', do: 'resume' },
    { after: 'PT5S', do: 'stop' },
  ],
};

test('a recording is paused, resumed and stopped on schedule, each a time after the one before', () => {
  const line = start('recordLifecycle', scheduled);
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  for (const [milliseconds, operation] of [
    [5000, 'pauseRecording'],
    [2000, 'resumeRecording'],
    [5000, 'stopRecording'],
  ] as const) {
    line.passTime(milliseconds - 1);
    expect(line.open).toEqual([]);
    line.passTime(1);
    line.settle(operation, { status: 'succeeded' });
  }
  expect([line.status, line.state.result]).toEqual(['succeeded', { recordingId: 'r' }]);
  expect(line.names).toHaveLength(4);
});

test('a recording is paused and resumed with events, and lasts as long as the call', () => {
  const line = start('recordLifecycle', {
    schedule: [
      { on: ['PlayStarted'], within: 'PT1H', do: 'pause' },
      { on: ['PlayCompleted', 'PlayFailed'], within: 'PT1M', do: 'resume' },
    ],
  });
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.receiveEvent('PlayStarted');
  line.settle('pauseRecording', { status: 'succeeded' });
  line.receiveEvent('PlayFailed');
  line.settle('resumeRecording', { status: 'succeeded' });
  expect(line.open).toEqual([]);
  line.endCall();
  expect(line.status).toBe('succeeded');
});

test('an event that does not arrive in time fails the sequence, and the recording is stopped', () => {
  const line = start('recordLifecycle', { schedule: [{ on: ['PlayStarted'], within: 'PT1M', do: 'pause' }] });
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.passTime(60_000);
  line.settle('stopRecording', { status: 'succeeded' });
  expect([line.status, line.state.ending?.error?.code]).toEqual(['failed', 'eventMissing']);
});

test('the rest of a schedule is skipped once the call has ended', () => {
  const line = start('recordLifecycle', scheduled);
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.passTime(5000);
  line.settle('pauseRecording', { status: 'succeeded' });
  line.receiveEvent('CallDisconnected');
  line.endCall();
  expect(line.status).toBe('succeeded');
  expect(line.names).toEqual(['startRecording', 'pauseRecording', 'stopRecording']);
});

test('an entry that is due at once is skipped as well', () => {
  const schedule = ['pause', 'resume', 'stop'].map((what, index) => ({
    after: index === 0 ? 'PT5S' : 'PT0S',
    do: what,
  }));
  const line = start('recordLifecycle', { schedule });
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.endCall();
  expect(line.status).toBe('succeeded');
  expect(line.stepsOf('resumeRecording').map(({ status }) => status)).toEqual(['skipped']);
});

test('a pause that was due when the call ended is skipped', () => {
  const line = start('recordLifecycle', scheduled);
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.endCall({ afterMs: 5000 });
  expect(line.status).toBe('succeeded');
  expect(line.stepsOf('pauseRecording').map(({ status }) => status)).toEqual(['skipped']);
});

test('a pause on the last event of a call is skipped', () => {
  const line = start('recordLifecycle', { schedule: [{ on: ['PlayFailed'], within: 'PT1H', do: 'pause' }] });
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.endCall({ with: 'PlayFailed' });
  expect(line.status).toBe('succeeded');
  expect(line.stepsOf('pauseRecording').map(({ status }) => status)).toEqual(['skipped']);
});

test('a pause that fails stops the recording', () => {
  const line = start('recordLifecycle', scheduled);
  finish(line, (ask) => (ask.operation === 'pauseRecording' ? fail(ask) : succeed(ask)));
  expect(line.names).toEqual(['startRecording', 'pauseRecording', 'stopRecording']);
  expect(line.status).toBe('failed');
});

test('the call is recorded for a time once consent is given', () => {
  const line = start('consentThenRecord', { ...consent, recordFor: 'PT10M' });
  line.settle('recognize', press('one'));
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.passTime(600_000);
  line.settle('stopRecording', { status: 'succeeded' });
  expect([line.status, line.state.result]).toEqual(['succeeded', { consent: 'given', recordingId: 'r' }]);
});

test('the call is recorded until it ends when no time is given', () => {
  const line = start('consentThenRecord', consent);
  line.settle('recognize', press('one'));
  line.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  line.passTime(3_600_000);
  expect(line.open).toEqual([]);
  line.endCall();
  expect([line.status, line.state.result?.consent]).toEqual(['succeeded', 'given']);
});

test('nothing is recorded when consent is refused', () => {
  const line = start('consentThenRecord', consent);
  line.settle('recognize', press('nine'));
  line.settle('recognize', press('two'));
  expect(line.names).toEqual(['recognize', 'recognize']);
  expect([line.status, line.state.result]).toEqual(['succeeded', { consent: 'refused' }]);
});

test('nothing is recorded when no attempt brings an answer', () => {
  const line = start('consentThenRecord', { ...consent, attempts: 2 });
  finish(line, fail);
  expect(line.names).toEqual(['recognize', 'recognize']);
  expect(line.state.result).toMatchObject({ consent: 'none', error: { code: 'recognizeFailed' } });
});
