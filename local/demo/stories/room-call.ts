/** A room call: the app joins it, dials a phone number in, takes it out again, and ends the call for everyone. */

import type { Call } from '../../../shared/calls/call.ts';
import type { Participant } from '../../../shared/calls/participant.ts';
import type { List, Story } from '../story.ts';

const room = '99400000000000001';
const nurse = '8:acs:ac5e0000-0000-4000-8000-00000000e001_0000000a-0000-4000-8000-00000000000a';
const patient = '+14255550111';
const clinic = '+14255550100';

export const roomCall: Story = {
  name: 'room-call',
  title: 'A phone number is dialed into a room call and taken out again',
  needs: ['people'],

  async play({ ask, people, expect, until }) {
    await people('open a room from which phone numbers can be dialed', 'put', `rooms/${room}`, {
      pstnDialOutEnabled: true,
    });
    await people('a nurse joins it', 'post', `rooms/${room}/join`, { party: nurse });

    const connected = await ask('POST', 'calls/connect', { locator: { kind: 'room', id: room } });
    const call = `calls/${connected.callId}`;
    expect('the app joins the room', connected.status, 'succeeded');

    const added = await ask('POST', `${call}/participants`, { target: patient, callerId: clinic });
    expect('the patient is dialed and answers', added.status, 'succeeded');
    const together = await ask<List<Participant>>('GET', `${call}/participants`);
    expect('nurse and patient are in the call', idsOf(together.items), [nurse, patient].sort());

    const removed = await ask('POST', `${call}/participants/remove`, { participant: patient });
    expect('the patient is taken out', removed.status, 'succeeded');
    await until<Call>('the nurse is alone', call, ({ participants }) => idsOf(participants).join() === nurse);

    const ended = await ask('POST', `${call}/hang-up`, { forEveryone: true });
    expect('the call is hung up for everyone', ended.status, 'succeeded');
    await until<Call>('the call is over', call, ({ status }) => status === 'disconnected');
  },
};

function idsOf(participants: readonly Participant[]): string[] {
  return participants.map(({ participant }) => participant).sort();
}
