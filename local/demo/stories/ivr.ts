/** IVR: a caller is asked for a choice and for a PIN, gets both wrong or says nothing at first, and is let in at last. */

import type { Call, IncomingCall } from '../../../shared/calls/call.ts';
import type { List, Story } from '../story.ts';

const caller = '+14255550151';
const bank = '+14255550150';

const say = (text: string) => ({ text, locale: 'en-US', voice: 'en-US-NancyNeural' });
const choices = [
  { label: 'balance', phrases: ['balance'], tone: 'one' },
  { label: 'agent', phrases: ['agent', 'a person'], tone: 'two' },
];

export const ivr: Story = {
  name: 'ivr',
  title: 'A caller finds the way through a menu',
  needs: ['people', 'incomingCalls'],

  async play({ ask, people, expect, until }) {
    await ask('PUT', 'routing-rules/demo-bank', { priority: 10, match: { to: bank }, action: { kind: 'answer' } });
    const then = ['9', '1', '12', '1234#'].map((press) => ({ onListening: { press } }));
    await people('the caller will press 9, 1, 12, 1234#', 'put', `parties/${encodeURIComponent(caller)}`, { then });
    await people(`${caller} calls ${bank}`, 'post', 'incoming-calls', { from: caller, to: bank });
    const { items } = await until<List<IncomingCall>>('the bank answers', 'incoming-calls?status=answered', (list) =>
      list.items.some(({ to }) => to === bank),
    );
    const call = `calls/${items.find(({ to }) => to === bank)?.callId}`;
    await until<Call>('the call is connected', call, ({ status }) => status === 'connected');

    const welcome = await ask('POST', `${call}/media/play`, { sources: [say('Welcome.')] });
    expect('the caller hears the welcome', welcome.status, 'succeeded');

    const menu = {
      participant: caller,
      input: 'choices',
      choices,
      prompt: say('Balance: one. Agent: two.'),
    };
    const wrong = await ask('POST', `${call}/media/recognize`, menu);
    expect('nine is no choice', [wrong.status, wrong.error?.acsSubCode], ['failed', 8534]);
    const right = await ask('POST', `${call}/media/recognize`, menu);
    expect('one is', [right.status, right.result?.choice], ['succeeded', { label: 'balance' }]);

    const pin = {
      participant: caller,
      input: 'dtmf',
      maxTones: 6,
      stopTones: ['pound'],
      interToneTimeoutSeconds: 1,
      initialSilenceTimeoutSeconds: 2,
      prompt: say('Your PIN, then pound.'),
    };
    const slow = await ask('POST', `${call}/media/recognize`, pin);
    expect('two digits and no pound are too few', [slow.status, slow.error?.acsSubCode], ['failed', 8532]);
    const entered = await ask('POST', `${call}/media/recognize`, pin);
    expect('the PIN comes whole', entered.result?.tones, ['one', 'two', 'three', 'four']);
    const silent = await ask('POST', `${call}/media/recognize`, { ...pin, prompt: say('Anything else?') });
    expect('the caller has nothing to add', [silent.status, silent.error?.acsSubCode], ['failed', 8510]);

    const hungUp = await ask('POST', `${call}/hang-up`, { forEveryone: true });
    expect('the bank hangs up', hungUp.status, 'succeeded');
  },
};
