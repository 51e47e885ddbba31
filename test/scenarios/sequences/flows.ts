/** Orchestrators as a team might write them, well and badly. */
import * as z from 'zod';
import {
  conditionHolds,
  perform,
  performAll,
  setResult,
  wait,
  waitForEvent,
  whilePresent,
  withCleanup,
} from '../../../shared/sequences/orchestrators/flow/blocks.ts';
import {
  type Flow,
  type Part,
  SequenceFailed,
  SequenceStopped,
} from '../../../shared/sequences/orchestrators/flow/flow.ts';
import { defineOrchestrator, type Orchestrator } from '../../../shared/sequences/orchestrators/flow/orchestrator.ts';

const input = z.strictObject({ callId: z.uuid().optional(), note: z.string().default('-') });

/** An orchestrator that works on a call, waits for its events, and is shown a note. */
const flow = (name: string, run: (flow: Flow) => Part<unknown>): Orchestrator =>
  defineOrchestrator({
    name,
    summary: name,
    input,
    example: {},
    events: ['CallDisconnected', 'PlayCompleted'],
    shown: ['note'],
    *run(one) {
      yield* run(one);
    },
  });

const music = { sources: [{ text: 'Please wait.', locale: 'en-US' }] };
const hangUp = { do: 'hangUp', with: { forEveryone: true } };

const record = { id: 'record', do: 'startRecording' };

function* recordAndFail(one: Flow): Part<void> {
  yield* perform(one, record);
  throw new SequenceFailed('outOfHours', 'The office is closed.');
}

function* stopRecording(one: Flow): Part<void> {
  yield* perform(one, {
    id: 'stop',
    do: 'stopRecording',
    with: { recordingId: '$steps.record.result.recordingId' },
  });
}

/** A mistake: what a replay does must not depend on it. */
let changes = 0;

export const orchestrators: readonly Orchestrator[] = [
  flow('writesOut', (one) => perform(one, { id: 'add', do: 'addParticipant', with: { target: '+14255550123' } })),
  flow('collects', (one) =>
    whilePresent(one, {
      id: 'serve',
      while: { present: 'anyone' },
      steps: [{ id: 'pin', collect: { listening: 'listen', maxTones: 4 } }],
    }),
  ),
  flow('reusesAnId', function* (one) {
    yield* wait(one, 'pause', 'PT0S');
    yield* wait(one, 'pause', 'PT0S');
  }),
  flow('misspells', (one) => perform(one, { id: 'plya', do: 'plya' })),
  flow('isUnbounded', (one) => wait(one, 'pause', 'for ever')),
  flow('waitsForUnknown', (one) => waitForEvent(one, 'unknown', ['RecognizeCompleted'], 'PT1S')),
  flow('throws', () => {
    throw new Error('a bug');
  }),
  flow('failsBare', recordAndFail),
  flow('failsTidily', (one) =>
    withCleanup(
      one,
      () => recordAndFail(one),
      () => stopRecording(one),
    ),
  ),
  flow('breaksTidily', (one) =>
    withCleanup(
      one,
      function* () {
        yield* perform(one, record);
        throw new Error('a bug');
      },
      () => stopRecording(one),
    ),
  ),
  flow('failsAtOnce', (one) =>
    withCleanup(
      one,
      () => {
        throw new SequenceFailed('atOnce', 'Nothing was recorded yet.');
      },
      () => stopRecording(one),
    ),
  ),
  flow('answers', function* (one) {
    yield* perform(one, { id: 'answer', do: 'answerCall' });
    yield* perform(one, { ...hangUp, id: 'hangUp' });
  }),
  flow('listens', function* (one) {
    const [play] = yield* performAll(one, [{ id: 'play', do: 'play', with: music }]);
    const received = yield* waitForEvent(one, 'received', ['PlayCompleted'], 'PT5S');
    const missed = yield* waitForEvent(one, 'missed', ['PlayCompleted'], 'PT0.1S');
    yield* setResult(one, 'events', {
      play: '$steps.play.status',
      ...(received.event && { received: received.event }),
    });
    if (play?.status === 'succeeded' && missed.error?.code === 'eventMissing') {
      yield* setResult(one, 'again', { missed: missed.status });
    }
  }),
  flow('waits', (one) =>
    withCleanup(
      one,
      () => wait(one, 'pause', 'PT1H'),
      function* () {
        yield* perform(one, { ...hangUp, id: 'hangUp' });
      },
    ),
  ),
  flow('goesOn', function* (one) {
    try {
      yield* wait(one, 'pause', 'PT1H');
    } catch (error) {
      yield* wait(one, 'more', error instanceof SequenceStopped ? 'PT1H' : 'PT0S');
    }
  }),
  flow('changes', (one) => {
    changes += 1;
    return wait(one, `pause-${changes}`, 'PT0.1S');
  }),
  flow('isDisabled', (one) => wait(one, 'pause', 'PT0S')),
  flow('sleeps', function* (one) {
    yield one.df.createTimer(new Date(one.df.currentUtcDateTime.getTime() + 2000));
    yield* setResult(one, 'slept', { slept: true });
  }),
  flow('tests', function* (one) {
    yield* setResult(one, 'isThere', { isThere: yield* conditionHolds(one, { ref: '$input.note', equals: '-' }) });
  }),
];
