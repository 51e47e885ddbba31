/** A blind transfer: a routing rule answers an incoming call, which is then handed over to another number. */

import type { Call, IncomingCall } from '../../../shared/calls/call.ts';
import type { List, Story } from '../story.ts';

const caller = '+14255550131';
const hotline = '+14255550130';
const expert = '+14255550139';

export const transfer: Story = {
  name: 'transfer',
  title: 'A rule answers an incoming call, and the caller is transferred',
  needs: ['people', 'incomingCalls'],

  async play({ ask, people, expect, until }) {
    await ask('PUT', 'routing-rules/demo-hotline', {
      priority: 10,
      match: { to: hotline },
      action: { kind: 'answer' },
    });
    await people(`${caller} calls ${hotline}`, 'post', 'incoming-calls', { from: caller, to: hotline });
    const { items } = await until<List<IncomingCall>>(
      'the rule answers the call',
      'incoming-calls?status=answered',
      (list) => list.items.some(({ to }) => to === hotline),
    );
    const call = `calls/${items.find(({ to }) => to === hotline)?.callId}`;
    await until<Call>('the call is connected', call, ({ status }) => status === 'connected');

    const transferred = await ask('POST', `${call}/transfer`, { target: expert });
    expect('the expert takes the caller over', transferred.status, 'succeeded');
    await until<Call>('the app is out of the call', call, ({ status }) => status === 'disconnected');
  },
};
