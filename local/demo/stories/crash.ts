/** A crash: the app is killed while a sequence records a call; started again, it goes on where it was. */

import type { Call } from '../../../shared/calls/call.ts';
import type { Recording } from '../../../shared/calls/recording/recording.ts';
import type { Sequence } from '../../../shared/sequences/runtime/sequence.ts';
import type { List, Story } from '../story.ts';

/** The Functions host hides what a killed one had in flight for a minute (host.json). */
const recoveryWithinSeconds = 90;

const clinic = '+14255550190';
const patient = '+14255550191';

export const crash: Story = {
  name: 'crash',
  title: 'A sequence records a call, pauses, resumes and stops on time, although the app is killed in the middle',
  needs: ['crash', 'people', 'recordingFiles'],

  async play({ ask, expect, until, wait, crash: kill }) {
    const created = await ask('POST', 'calls', { targets: [patient], callerId: clinic });
    expect('the patient answers', created.status, 'succeeded');
    const call = `calls/${created.callId}`;
    await until<Call>('the patient is in the call', call, ({ participants }) => participants.length > 0);

    const schedule = [
      { after: 'PT1S', do: 'pause' },
      { after: 'PT2S', do: 'resume' },
      { after: 'PT1S', do: 'stop' },
    ];
    const input = { callId: created.callId, schedule };
    const { sequenceId } = await ask<Sequence>('POST', 'sequences', { name: 'recordLifecycle', input });
    const path = `sequences/${sequenceId}`;
    const hasPaused = ({ steps }: Sequence) =>
      steps.some((step) => step.do === 'pauseRecording' && step.status === 'succeeded');
    await until<Sequence>('the recording is paused', path, hasPaused);
    await kill('is killed');
    const isOver = ({ status }: Sequence) => status !== 'running';
    const ended = await until<Sequence>('the sequence comes to its end', path, isOver, recoveryWithinSeconds);
    expect('it has done all it was to do', ended.status, 'succeeded');

    const { items } = await ask<List<Recording>>('GET', `recordings?callId=${created.callId}`);
    expect('there is one recording', items.length, 1);
    await wait('ACS makes the file', 1);
    const recording = `recordings/${items[0]?.recordingId}`;
    const archived = await until<Recording>('it is archived', recording, ({ status }) => status === 'archived');
    expect('it was paused once', archived.pauses.length, 1);
    const hungUp = await ask('POST', `${call}/hang-up`, { forEveryone: true });
    expect('the call is over', hungUp.status, 'succeeded');
  },
};
