/** Screening: one incoming call is rejected as busy, another is redirected to a second number of the business. */

import type { IncomingCall } from '../../../shared/calls/call.ts';
import type { List, Story } from '../story.ts';

const caller = '+14255550141';
const closed = '+14255550142';
const frontDesk = '+14255550143';
const backOffice = '+14255550144';

export const screening: Story = {
  name: 'screening',
  title: 'One incoming call is rejected, another redirected',
  needs: ['people', 'incomingCalls', 'unroutedCallsRing'],

  async play({ ask, people, expect, until }) {
    await people('the business owns three numbers', 'put', 'numbers', { numbers: [closed, frontDesk, backOffice] });
    await ask('PUT', 'routing-rules/demo-closed', {
      priority: 10,
      match: { to: closed },
      action: { kind: 'reject', reason: 'busy' },
    });
    await ask('PUT', 'routing-rules/demo-front-desk', {
      priority: 20,
      match: { to: frontDesk },
      action: { kind: 'redirect', target: backOffice, callerId: frontDesk },
    });
    const callTo = async (to: string, status: IncomingCall['status'], what: string) => {
      const list = await until<List<IncomingCall>>(what, `incoming-calls?status=${status}`, ({ items }) =>
        items.some((call) => call.to === to),
      );
      return list.items.find((call) => call.to === to)?.incomingCallId;
    };

    await people(`${caller} calls ${closed}`, 'post', 'incoming-calls', { from: caller, to: closed });
    const rejected = await callTo(closed, 'rejected', 'the first rule rejects the call');
    // What a rule does is an operation too, with the id of the incoming call.
    const rejection = await ask('GET', `operations/${rejected}`);
    expect('ACS took the rejection', [rejection.name, rejection.status], ['rejectCall', 'succeeded']);

    await people(`${caller} calls ${frontDesk}`, 'post', 'incoming-calls', { from: caller, to: frontDesk });
    const redirected = await callTo(frontDesk, 'redirected', 'the second rule sends the call on');
    const redirection = await ask('GET', `operations/${redirected}`);
    expect('ACS took the redirection', [redirection.name, redirection.status], ['redirectCall', 'succeeded']);
    await callTo(backOffice, 'ringing', 'the call rings anew at the other number');
    await people('any number may be called from again', 'put', 'numbers', { numbers: [] });
  },
};
