/** Add, then cancel: one sequence invites a person and cancels unless they answer in time. Either can happen first. */

import type { Call } from '../../../shared/calls/call.ts';
import type { Sequence } from '../../../shared/sequences/runtime/sequence.ts';
import type { Story } from '../story.ts';

const desk = '+14255550180';
const caller = '+14255550181';
const quick = '+14255550182';
const slow = '+14255550183';

export const addThenCancel: Story = {
  name: 'add-then-cancel',
  title: 'A person is invited for a second: one answers in time, for another the invitation is cancelled',
  needs: ['people'],

  async play({ ask, people, expect, until }) {
    await people('a colleague answers at once', 'put', `parties/${quick}`, { onRing: 'answer', afterMs: 100 });
    await people('another lets it ring', 'put', `parties/${slow}`, { onRing: 'noAnswer' });
    const created = await ask('POST', 'calls', { targets: [caller], callerId: desk });
    expect('the caller is in the call', created.status, 'succeeded');

    const invite = async (target: string) => {
      const input = { callId: created.callId, target, callerId: desk, cancelAfter: 'PT1S' };
      const { sequenceId } = await ask<Sequence>('POST', 'sequences', { name: 'addThenCancel', input });
      const isOver = ({ status }: Sequence) => status !== 'running';
      return until<Sequence>('the invitation comes to an end', `sequences/${sequenceId}`, isOver);
    };
    const answered = await invite(quick);
    expect('the answer wins', answered.result, { outcome: 'answered' });
    const canceled = await invite(slow);
    expect('the cancel wins', canceled.result, { outcome: 'canceled' });

    const path = `calls/${created.callId}`;
    await until<Call>('one colleague has come, the other has not', path, ({ participants }) => {
      const who = participants.map(({ participant }) => participant);
      return who.includes(quick) && !who.includes(slow);
    });
    const hungUp = await ask('POST', `${path}/hang-up`, { forEveryone: true });
    expect('the call is over', hungUp.status, 'succeeded');
  },
};
