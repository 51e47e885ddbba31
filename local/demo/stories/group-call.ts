/** A group call: two are called at once, one declines, the other answers. */

import type { Participant } from '../../../shared/calls/participant.ts';
import type { List, Story } from '../story.ts';

const agent = '8:acs:ac5e0000-0000-4000-8000-00000000e001_0000000b-0000-4000-8000-00000000000b';
const customer = '+14255550121';
const business = '+14255550100';

export const groupCall: Story = {
  name: 'group-call',
  title: 'Two are called at once; one declines, the other answers',
  needs: ['people'],

  async play({ ask, people, expect }) {
    await people('the agent will decline', 'put', `parties/${agent}`, { onRing: 'decline', afterMs: 100 });
    await people('the customer will answer', 'put', `parties/${customer}`, { onRing: 'answer', afterMs: 400 });

    const created = await ask('POST', 'calls', { targets: [agent, customer], callerId: business });
    const call = `calls/${created.callId}`;
    expect('the call connects', created.status, 'succeeded');

    const { items } = await ask<List<Participant>>('GET', `${call}/participants`);
    const present = items.map(({ participant }) => participant);
    expect('only the customer is in it', present, [customer]);

    const ended = await ask('POST', `${call}/hang-up`, { forEveryone: true });
    expect('the call is hung up', ended.status, 'succeeded');
  },
};
