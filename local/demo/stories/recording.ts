/** Recording: a call is recorded with a pause in between, archived, and played back from the API. */

import type { Call } from '../../../shared/calls/call.ts';
import type { Recording } from '../../../shared/calls/recording/recording.ts';
import type { Story } from '../story.ts';
import { listenTo } from '../wav.ts';

const clinic = '+14255550170';
const patient = '+14255550171';

export const recording: Story = {
  name: 'recording',
  title: 'A call is recorded, paused for a card number, archived and played back',
  needs: ['people', 'recordingFiles'],

  async play({ ask, expect, until, wait, download }) {
    const created = await ask('POST', 'calls', { targets: [patient], callerId: clinic });
    expect('the patient answers', created.status, 'succeeded');
    const call = `calls/${created.callId}`;
    await until<Call>('the patient is in the call', call, ({ participants }) => participants.length > 0);

    const started = await ask('POST', `${call}/recordings`, { content: 'audio', channel: 'mixed', format: 'wav' });
    expect('ACS records', started.status, 'succeeded');
    const path = `recordings/${started.result?.recordingId}`;
    const step = async (name: 'pause' | 'resume' | 'stop', what: string) => {
      await wait('they talk', 1);
      const { status } = await ask('POST', `${path}/${name}`, {});
      expect(what, status, 'succeeded');
    };
    await step('pause', 'the card number is not recorded');
    await step('resume', 'the rest is');
    await step('stop', 'the recording ends');

    const archived = await until<Recording>('the file is archived', path, ({ status }) => status === 'archived');
    const { seconds, longestSilenceSeconds } = listenTo(
      await download('the recording is played back', `${path}/content`),
    );
    expect(
      'it plays as long as it says',
      Math.round(seconds * 1000),
      Math.round(Number(archived.files[0]?.durationMilliseconds)),
    );
    expect('it is silent for the second in which it was paused', longestSilenceSeconds >= 1, true);
    expect('and for no more than half of it', longestSilenceSeconds < seconds / 2, true);
    const hungUp = await ask('POST', `${call}/hang-up`, { forEveryone: true });
    expect('the call is over', hungUp.status, 'succeeded');
  },
};
