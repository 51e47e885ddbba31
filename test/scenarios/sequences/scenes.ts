/** The scenes of the built-in sequences: who is called, what the parties do, and the outcome. */
import { callerId } from './sequences.ts';

/** Parties with unique numbers, so that many scenes can be played at once. */
export interface Cast {
  readonly caller: string;
  readonly one: string;
  readonly other: string;
  readonly room: string;
}

type Scripts = Readonly<Partial<Record<keyof Cast, object>>>;

/** One way for a built-in to go. */
export interface Scene {
  readonly name: string;
  /** What distinguishes it. */
  readonly when: string;
  readonly input: (cast: Cast) => object;
  readonly scripts?: Scripts;
  /** The sequence at its end. */
  readonly ends: object;
  /** It makes its own call. */
  readonly callsItself?: true;
}

export const presses = (keys: string) => ({ onRing: 'answer', afterMs: 0, then: [{ onListening: { press: keys } }] });
export const answers = { onRing: 'answer', afterMs: 0 };
const declines = { onRing: 'decline', afterMs: 0 };
const silent = { onRing: 'noAnswer' };
const prompt = { text: 'Hi', locale: 'en-US' };
const succeeded = (result: object) => ({ status: 'succeeded', result });

const schedule = ['pause', 'resume', 'stop'].map((name) => ({ after: 'PT0.2S', do: name }));
const menu = ({ caller }: Cast) => ({
  participant: caller,
  prompt,
  attempts: 2,
  choices: [
    { tone: 'one', label: 'hours', steps: [{ do: 'play', with: { sources: [prompt] } }] },
    { tone: 'two', label: 'agent' },
  ],
});
const digits = ({ caller }: Cast) => ({
  participant: caller,
  prompt,
  maxTones: 4,
  stopTones: ['pound'],
  attempts: 1,
  initialSilenceTimeoutSeconds: 1,
});
const consent = ({ caller }: Cast) => ({ participant: caller, prompt, attempts: 1, recordFor: 'PT0.3S' });
const ring = ({ one, other }: Cast) => ({ targets: [one, other], callerId, ringFor: 'PT1S' });
const transfer = ({ caller, one }: Cast) => ({ customer: caller, agent: one, callerId, ringFor: 'PT1S' });
const room = ({ one, room: roomId }: Cast) => ({ roomId, target: one, callerId, tones: ['one', 'pound'], schedule });
const add = ({ one }: Cast) => ({ target: one, callerId, cancelAfter: 'PT0.5S' });

/** The first scene of each built-in goes well; the others do not. */
export const scenes: readonly Scene[] = [
  ...[
    { when: 'the guest answers', one: answers, outcome: 'answered' },
    { when: 'the guest does not answer', one: silent, outcome: 'canceled' },
    { when: 'the guest declines', one: declines, outcome: 'declined' },
  ].map(({ when, one, outcome }) => ({
    name: 'addThenCancel',
    when,
    input: add,
    scripts: { one },
    ends: succeeded({ outcome }),
  })),
  { name: 'recordLifecycle', when: 'nothing goes wrong', input: () => ({ schedule }), ends: { status: 'succeeded' } },
  {
    name: 'recordLifecycle',
    when: 'an event does not arrive in time',
    input: () => ({ schedule: [{ on: ['PlayCompleted'], within: 'PT0.3S', do: 'pause' }] }),
    ends: { status: 'failed', error: { code: 'eventMissing' } },
  },
  {
    name: 'roomCall',
    when: 'the number answers',
    input: room,
    scripts: { one: answers },
    ends: { status: 'succeeded' },
    callsItself: true,
  },
  {
    name: 'roomCall',
    when: 'the number declines',
    input: room,
    scripts: { one: declines },
    ends: succeeded({ outcome: 'declined' }),
    callsItself: true,
  },
  {
    name: 'consentThenRecord',
    when: 'the caller agrees',
    input: consent,
    scripts: { caller: presses('1') },
    ends: succeeded({ consent: 'given' }),
  },
  {
    name: 'consentThenRecord',
    when: 'the caller refuses',
    input: consent,
    scripts: { caller: presses('2') },
    ends: succeeded({ consent: 'refused' }),
  },
  {
    name: 'ringGroup',
    when: 'the first takes the call',
    input: ring,
    scripts: { one: answers, other: silent },
    ends: succeeded({ outcome: 'answered' }),
  },
  {
    name: 'ringGroup',
    when: 'no target takes the call',
    input: ring,
    scripts: { one: declines, other: silent },
    ends: succeeded({ outcome: 'nobody' }),
  },
  {
    name: 'ringGroup',
    when: 'in turn, the second confirms',
    input: (cast) => ({ ...ring(cast), order: 'inTurn', confirm: { prompt } }),
    scripts: { one: presses('9'), other: presses('1') },
    ends: succeeded({ outcome: 'answered' }),
  },
  {
    name: 'warmTransfer',
    when: 'the agent takes the customer',
    input: (cast) => ({ ...transfer(cast), consult: { prompt } }),
    scripts: { one: presses('1') },
    ends: succeeded({ outcome: 'transferred' }),
  },
  {
    name: 'warmTransfer',
    when: 'the agent does not answer',
    input: transfer,
    scripts: { one: silent },
    ends: succeeded({ outcome: 'returned' }),
  },
  {
    name: 'menu',
    when: 'the caller chooses',
    input: menu,
    scripts: { caller: presses('1') },
    ends: succeeded({ outcome: 'chosen', choice: 'hours' }),
  },
  {
    name: 'menu',
    when: 'the caller presses another key',
    input: menu,
    scripts: { caller: presses('9') },
    ends: succeeded({ outcome: 'none' }),
  },
  {
    name: 'collectDigits',
    when: 'the caller enters digits',
    input: digits,
    scripts: { caller: presses('123#') },
    ends: succeeded({ outcome: 'collected', digits: ['one', 'two', 'three'] }),
  },
  {
    name: 'collectDigits',
    when: 'the caller is silent',
    input: digits,
    scripts: { caller: answers },
    ends: succeeded({ outcome: 'none' }),
  },
];
