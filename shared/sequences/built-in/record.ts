/** Records on a schedule: pauses, resumptions and the end follow after a time, or on an event of the call. */
import * as z from 'zod';
import { recordingSteps } from '../../calls/recording/recording-steps.ts';
import { limits, type Step } from '../language/definition.ts';
import { duration, eventKind } from '../language/schema.ts';

const what = z.enum(['pause', 'resume', 'stop']);

const entry = z.union(
  [
    z.strictObject({ after: duration, do: what }),
    z.strictObject({ on: z.array(eventKind).min(1, 'expected at least one event'), within: duration, do: what }),
  ],
  'expected {after, do}, or {on, within, do}, where do is pause, resume or stop',
);

/** Each entry counts from the previous one. */
export const schedule = z.array(entry).max(20).default([]).meta({
  description: 'When to pause, resume and stop; without a final `stop` the recording lasts until the call ends',
});

type Entry = z.output<typeof entry>;

interface Recorded {
  readonly recording: { readonly pauseOnStart: boolean };
  readonly schedule: readonly Entry[];
}

/** Validates the order of a schedule: a recording that is not paused cannot be resumed. */
export function inOrder({ value: { recording, schedule: entries }, issues }: z.core.ParsePayload<Recorded>): void {
  let status: string = recording.pauseOnStart ? 'paused' : 'recording';
  for (const [index, one] of entries.entries()) {
    const { from, to } = recordingSteps[one.do];
    if (from.every((each) => each !== status)) {
      const message = `to ${one.do} a recording it must be ${from.join(' or ')}; it is ${status} by then`;
      issues.push({ code: 'custom', path: ['schedule', index, 'do'], message, input: one.do });
    }
    status = to;
  }
}

const recordingId = '$steps.record.result.recordingId';

/** For `finally`: the recording is stopped however the sequence ends. */
export const stopRecording: Step = { do: 'stopRecording', with: { recordingId } };

/** Records the call. The end of the call ends the recording, and the rest of the schedule is skipped. */
export function record(recording: Readonly<Record<string, unknown>>, entries: readonly Entry[]): Step[] {
  return [
    { id: 'record', do: 'startRecording', with: recording },
    { result: { recordingId } },
    ...entries.flatMap(when),
    ...(entries.at(-1)?.do === 'stop' ? [] : [untilCallEnds]),
  ];
}

const untilCallEnds: Step = {
  id: 'call-end',
  waitFor: { events: ['CallDisconnected'], timeout: `PT${limits.hours}H` },
  onFailure: 'continue',
};

function when(one: Entry, index: number): Step[] {
  const id = `moment-${index + 1}`;
  const status = `$steps.${id}.status`;
  const act: Step = { do: `${one.do}Recording`, with: { recordingId } };
  const thenAct: Step = { if: { ref: status, equals: 'succeeded' }, then: [act] };
  if ('after' in one) {
    return [{ id, wait: one.after, onFailure: 'continue' }, thenAct];
  }
  const { on: events, within: timeout } = one;
  const missing: Step = { fail: { code: 'eventMissing', message: `None of ${events.join(', ')} arrived in time.` } };
  return [
    { id, waitFor: { events, timeout }, onFailure: 'continue' },
    { if: { ref: status, equals: 'timedOut' }, then: [missing] },
    thenAct,
  ];
}
