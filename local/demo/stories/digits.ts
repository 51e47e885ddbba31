/** Continuous DTMF: digits are collected while the callee is put on hold and taken back. */

import type { Call } from '../../../shared/calls/call.ts';
import type { ContinuousDtmf } from '../../../shared/calls/continuous-dtmf.ts';
import type { Story } from '../story.ts';

const switchboard = '+14255550160';
const callee = '+14255550161';

export const digits: Story = {
  name: 'digits',
  title: 'Digits are collected throughout a call, on hold and off',
  needs: ['people'],

  async play({ ask, people, expect, until }) {
    const created = await ask('POST', 'calls', { targets: [callee], callerId: switchboard });
    expect('the callee answers', created.status, 'succeeded');
    const call = `calls/${created.callId}`;
    const { callConnectionId } = await until<Call>(
      'the callee is in the call',
      call,
      ({ participants }) => participants.length > 0,
    );
    const press = (tones: string) =>
      people(
        `the callee presses ${tones}`,
        'post',
        `calls/${callConnectionId}/participants/${encodeURIComponent(`4:${callee}`)}/press`,
        { tones },
      );

    const started = await ask('POST', `${call}/media/continuous-dtmf/start`, { participant: callee });
    expect('every digit is reported from now on', started.status, 'succeeded');
    await press('12');
    const held = await ask('POST', `${call}/media/hold`, {
      participant: callee,
      source: { text: 'Please hold the line.', locale: 'en-US' },
    });
    expect('the callee is on hold', held.status, 'succeeded');
    await press('3');
    const taken = await ask('POST', `${call}/media/unhold`, { participant: callee });
    expect('the callee is back', taken.status, 'succeeded');
    await press('#');

    const { roster } = await ask<Call>('GET', call);
    const { participantId } = roster.find(({ participant }) => participant === callee) ?? {};
    const path = `${call}/media/continuous-dtmf?participantId=${participantId}`;
    const dtmf = await until<ContinuousDtmf>('four digits have come', path, (answer) => answer.digits.length === 4);
    expect(
      'they are in order and none is missing',
      [dtmf.digits.map(({ tone }) => tone), dtmf.gaps],
      [['one', 'two', 'three', 'pound'], []],
    );
    const stopped = await ask('POST', `${call}/media/continuous-dtmf/stop`, { participant: callee });
    expect('no more digits are reported', stopped.status, 'succeeded');
    const hungUp = await ask('POST', `${call}/hang-up`, { forEveryone: true });
    expect('the call is over', hungUp.status, 'succeeded');
  },
};
