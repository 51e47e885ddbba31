/** The request for a sequence: all validation errors at once, each with its JSON path. The file is long because it is one table. */

import { expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { tone } from '../../../shared/operations/fields/tone.ts';
import type { CheckInput } from '../../../shared/operations/parse-input.ts';
import type { Step } from '../../../shared/sequences/language/definition.ts';
import { type RequestContext, readRequest } from '../../../shared/sequences/request.ts';
import { callId } from './world.ts';

const play: Step = { do: 'play', with: { sources: [{ text: 'hello' }] } };
const wait: Step = { wait: 'PT5S' };

/** The validation errors of a request: `path: message`. */
function errorsOf(request: Readonly<Record<string, unknown>>, context: RequestContext = {}): string[] {
  try {
    readRequest(request, [], context);
  } catch (error) {
    if (error instanceof AppError) {
      return (error.details.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
  return [];
}

const steps = (...list: unknown[]) => ({ callId, steps: list });
const invalid = {
  tone: 'one',
  label: 'a',
  steps: [{ do: 'sing' }, { wait: 'soon' }, { if: { ref: '$callId', exists: true }, then: [{}] }],
};
const needsCall = 'needs a call: give callId, or a createCall or connectCall before it';
const noNumber = 'expected an E.164 number such as +14255550123';
const noDigits = 'expected keys (0-9 * # A-D) with pauses: w is 0.5 s, W 1 s, a comma 2 s';
const noParticipant = 'expected a participant, a reference to one such as $input.caller, or anyone';
const tones = tone.options.map((name) => `"${name}"`).join('|');
const kinds =
  'expected a step with one of do, wait, waitFor, if, parallel, repeat, while, sendDigits, collect, result, fail';

test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
  ['nothing', {}, [': expected either name, with input, or steps']],
  ['a name and steps', { name: 'menu', steps: [wait] }, [': expected either name, with input, or steps']],
  ['an unknown field', { ...steps(wait), colour: 1 }, ['colour: unknown field']],
  ['a call that is no id', { callId: 'mine', steps: [wait] }, ['callId: Invalid UUID']],
  ['no steps', steps(), ['steps: expected at least one step']],
  [
    'steps that are no list',
    { steps: 7, finally: 'x' },
    ['steps: expected a list of steps', 'finally: expected a list of steps'],
  ],
  [
    'steps that are none',
    steps(1, null, {}, { do: 'play', wait: 'PT1S' }),
    [0, 1, 2, 3].map((at) => `steps[${at}]: ${kinds}`),
  ],
  [
    'errors within nested steps',
    steps({ if: { ref: '$callId', exists: true }, then: [{ wait: '5s' }], else: [{ parallel: [[{}], [wait]] }] }),
    [
      'steps[0].then[0].wait: expected an ISO 8601 duration of at most 24 h, such as PT20S',
      `steps[0].else[0].parallel[0][0]: ${kinds}`,
    ],
  ],
  [
    'several invalid steps, each with its path',
    steps({}, { id: 'soon', wait: 'soon' }, { do: 'sing' }, { result: { status: '$steps.soon.status' } }),
    [
      `steps[0]: ${kinds}`,
      'steps[1].wait: expected an ISO 8601 duration of at most 24 h, such as PT20S',
      'steps[2].do: expected the name of an operation, got sing',
    ],
  ],
  [
    'errors in a repetition and in onTimeout',
    steps(
      { repeat: { times: 0, steps: [wait] } },
      { repeat: { times: 2, steps: [{ wait: 'P2D' }] } },
      { ...play, timeout: 'PT1S', onTimeout: [{ fail: {} }] },
    ),
    [
      'steps[0].repeat.times: Too small: expected number to be >=1',
      'steps[1].repeat.steps[0].wait: expected an ISO 8601 duration of at most 24 h, such as PT20S',
      'steps[2].onTimeout[0].fail.code: Invalid input: expected string, received undefined',
      'steps[2].onTimeout[0].fail.message: Invalid input: expected string, received undefined',
    ],
  ],
  [
    'tones of no recognition, and a prompt that play would not take',
    steps(
      wait,
      { id: 'first', collect: { listening: 'wait', maxTones: 1 } },
      { id: 'listen', do: 'startContinuousDtmfRecognition', with: { participant: '+14255550123' } },
      { id: 'second', collect: { listening: 'listen', maxTones: 0, stopTones: ['hash'] } },
      { id: 'third', collect: { listening: 'listen', maxTones: 1, prompt: { text: '' } } },
      { id: 'fourth', collect: { listening: 'listen', maxTones: 1, prompt: { text: '$steps.nothing.result' } } },
      { id: 'fifth', collect: { listening: 'listen', maxTones: 1, prompt: { text: '$steps.third.result.tones.0' } } },
    ),
    [
      'steps[3].collect.maxTones: Too small: expected number to be >=1',
      `steps[3].collect.stopTones[0]: Invalid option: expected one of ${tones}`,
      'steps[1].collect.listening: expected the id of an earlier startContinuousDtmfRecognition, got wait',
      'steps[4].collect.prompt.text: Too small: expected string to have >=1 characters',
      'steps[5].collect.prompt.text: $steps.nothing.result names no earlier step',
    ],
  ],
  [
    'digits, or a receiver of them, that are none',
    {
      ...steps(
        { sendDigits: { to: '8:acs:x', digits: '12x' } },
        { sendDigits: { to: '$input.to', digits: '$input.pin' } },
        { sendDigits: { to: '+14255550123', digits: '$steps.nothing.result.pin' } },
        { id: 'ask', do: 'recognize', with: { participant: '8:acs:x', input: 'dtmf', maxTones: 1 } },
        { sendDigits: { to: '+1425', digits: '$steps.ask.result.pin' } },
        { sendDigits: { to: '$steps.ask.result.from', digits: '12x' } },
      ),
      input: { to: '+14255550123', pin: 'ww' },
    },
    [
      `steps[0].sendDigits.to: ${noNumber}`,
      `steps[0].sendDigits.digits: ${noDigits}`,
      `steps[1].sendDigits.digits: ${noDigits}`,
      'steps[2].sendDigits.digits: $steps.nothing.result.pin names no earlier step',
      `steps[4].sendDigits.to: ${noNumber}`,
      `steps[5].sendDigits.digits: ${noDigits}`,
    ],
  ],
  [
    'digits to send without a call',
    { steps: [{ sendDigits: { to: '+14255550123', digits: '1' } }] },
    [`steps[0]: ${needsCall}`],
  ],
  [
    'blocks for participants that are none',
    {
      ...steps(
        { id: 'first', while: { present: 'me' }, steps: [wait] },
        { while: { present: '$input.who' }, steps: [wait] },
        { while: { present: '$callId' }, steps: [wait] },
        { while: { present: '$input.nothing' }, steps: [wait] },
        { while: { present: '$steps.later.result.who' }, steps: [wait] },
        { while: { present: '$steps.first.result.who' }, steps: [wait] },
        { while: { present: '$input.caller' }, steps: [wait] },
        { while: { present: 'anyone' }, steps: [wait] },
      ),
      input: { who: 7, caller: '4:anonymous' },
    },
    [
      ...[0, 1, 2].map((at) => `steps[${at}].while.present: ${noParticipant}`),
      'steps[3].while.present: $input.nothing names nothing in the input',
      'steps[4].while.present: $steps.later.result.who names no earlier step',
    ],
  ],
  [
    'a condition with two comparisons, and one with none',
    steps({ if: { ref: '$callId', equals: 1, exists: true }, then: [] }, { if: { ref: '$callId' }, then: [] }),
    [0, 1].map((at) => `steps[${at}].if: expected exactly one of equals, in and exists`),
  ],
  [
    'a condition on no reference',
    steps({ if: { ref: 'x', exists: true }, then: [] }),
    ['steps[0].if.ref: expected a reference such as $steps.add.status'],
  ],
  ['an unknown operation', steps({ do: 'sing' }), ['steps[0].do: expected the name of an operation, got sing']],
  [
    'inputs that operations do not take',
    steps({ do: 'play', with: { sources: [], colour: 1 } }, { do: 'hold', with: { participant: 'me' } }),
    [
      'steps[0].with.sources: expected at least one source',
      'steps[0].with.colour: unknown field',
      'steps[1].with.participant: expected an E.164 number such as +14255550123 or a raw id such as 8:acs:…',
    ],
  ],
  [
    'an input that is missing',
    steps({ do: 'hold' }),
    ['steps[0].with.participant: Invalid input: expected string, received undefined'],
  ],
  [
    'recordings without an id, and with one that is none',
    steps({ do: 'stopRecording' }, { do: 'stopRecording', with: { recordingId: 7 } }),
    ['steps[0].with.recordingId: required', 'steps[1].with.recordingId: expected an id'],
  ],
  [
    'a rule over several fields',
    steps({ do: 'addParticipant', with: { target: '+14255550123' } }),
    ['steps[0].with.callerId: required when a phone number is called'],
  ],
  [
    'an input from a reference',
    { ...steps({ do: 'hold', with: { participant: '$input.who' } }), input: { who: 'me' } },
    ['steps[0].with.participant: expected an E.164 number such as +14255550123 or a raw id such as 8:acs:…'],
  ],
  [
    'a reference to no input',
    steps({ do: 'hold', with: { participant: '$input.who' } }),
    ['steps[0].with.participant: $input.who names nothing in the input'],
  ],
  [
    'a reference to a later step, and to none',
    steps({ result: { a: '$steps.play.status', b: '$steps.nothing.status' } }, play),
    [
      'steps[0].result.a: $steps.play.status names no earlier step',
      'steps[0].result.b: $steps.nothing.status names no earlier step',
    ],
  ],
  [
    'references that are none',
    steps({ result: { list: ['$', '$steps', '$input'] } }),
    ['$', '$steps', '$input'].map(
      (one, at) =>
        `steps[0].result.list[${at}]: expected a reference such as $input.target or $steps.add.result.invitationId, got ${one}; write $$ for a plain $`,
    ),
  ],
  ['a time-out that is missing', steps({ ...play, onTimeout: [wait] }), ['steps[0].timeout: required with onTimeout']],
  [
    'an id twice',
    steps({ id: 'a', ...wait }, { id: 'a', ...wait }),
    ['steps[1].id: expected a unique id; a is another step'],
  ],
  [
    'an id that references cannot name',
    steps({ id: '1 a', ...wait }),
    ['steps[0].id: expected a letter, then letters, digits, dashes or underscores'],
  ],
  [
    'no call for steps that need one',
    { steps: [play, { waitFor: { events: ['PlayCompleted'], timeout: 'PT1S' } }, { result: { call: '$callId' } }] },
    [`steps[0]: ${needsCall}`, `steps[1]: ${needsCall}`, `steps[2].result.call: ${needsCall}`],
  ],
  [
    'media that cannot start together',
    steps({
      parallel: [
        [{ do: 'play', with: { sources: [{ text: 'hello' }], to: ['+14255550123'] } }],
        [wait],
        [{ do: 'sendDtmfTones', with: { tones: ['one'], to: '+14255550123' } }],
      ],
    }),
    [
      'steps[0].parallel[2][0]: cannot run beside parallel[0][0]: ACS takes one such media operation for a participant at a time',
    ],
  ],
  ['too many steps', steps(...Array(101).fill(wait)), ['steps: at most 100 steps, got 101']],
  [
    'too many steps once repeated',
    steps({ repeat: { times: 100, steps: [{ repeat: { times: 10, steps: [wait] } }] } }),
    ['steps: repetitions make at most 1000 steps, got 1101'],
  ],
  ['too many bytes', { ...steps(wait), input: { text: 'x'.repeat(65_536) } }, [': at most 65536 bytes, got 65631']],
])('a request with %s is refused', (_, request, errors) => {
  expect(errorsOf(request)).toEqual(errors);
});

test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
  ['no input', { name: 'collectDigits' }, ['input.participant', 'input.prompt', 'input.maxTones']],
  ['an input that is no object', { name: 'addThenCancel', callId, input: 7 }, ['input', 'input']],
  ['no call', { name: 'addThenCancel', input: { target: '8:acs:x' } }, ['input']],
  ['finally', { name: 'addThenCancel', callId, input: { target: '8:acs:x' }, finally: [] }, ['finally']],
  [
    'a number without caller id',
    { name: 'addThenCancel', callId, input: { target: '+14255550123' } },
    ['input.callerId'],
  ],
  [
    'an invitation that is too long',
    { name: 'addThenCancel', callId, input: { target: '8:acs:x', cancelAfter: 'PT4M' } },
    ['input.cancelAfter'],
  ],
  ['a target twice', { name: 'ringGroup', callId, input: { targets: ['8:acs:x', '8:acs:x'] } }, ['input.targets']],
  [
    'a schedule in the wrong order',
    {
      name: 'recordLifecycle',
      callId,
      input: { schedule: ['resume', 'stop', 'pause'].map((what) => ({ after: 'PT1S', do: what })) },
    },
    ['input.schedule[0].do', 'input.schedule[2].do'],
  ],
  [
    'one tone for yes and no',
    { name: 'consentThenRecord', callId, input: { participant: '8:acs:x', prompt: { text: '?' }, refuseTone: 'one' } },
    ['input.refuseTone'],
  ],
  [
    'choices on one tone',
    {
      name: 'menu',
      callId,
      input: menuOf([
        { tone: 'one', label: 'a' },
        { tone: 'one', label: 'b' },
      ]),
    },
    ['input.choices'],
  ],
  [
    'errors in the steps of choices',
    {
      name: 'menu',
      callId,
      input: menuOf([
        invalid,
        { tone: 'two', label: 'b', steps: [{ do: 'play', with: { sources: [] } }] },
        { tone: 'three', label: 'c', steps: 'none' },
      ]),
    },
    ['input.choices[2].steps'],
  ],
  [
    'errors within the steps of choices',
    {
      name: 'menu',
      callId,
      input: menuOf([invalid, { tone: 'two', label: 'b', steps: [{ do: 'play', with: { sources: [] } }] }]),
    },
    [
      'input.choices[0].steps[1].wait',
      'input.choices[0].steps[2].then[0]',
      'input.choices[0].steps[0].do',
      'input.choices[1].steps[0].with.sources',
    ],
  ],
  [
    'a definition that is too large',
    {
      name: 'ringGroup',
      callId,
      input: { targets: ['8:acs:x', '8:acs:y'], confirm: { prompt: { ssml: `<speak>${'x'.repeat(25_000)}</speak>` } } },
    },
    [''],
  ],
])('a built-in with %s is refused', (_, request, paths) => {
  expect(errorsOf(request).map((error) => error.slice(0, error.indexOf(':')))).toEqual(paths);
});

function menuOf(choices: readonly unknown[]): object {
  return { participant: '8:acs:x', prompt: { text: 'Press.' }, choices };
}

test('a URL that may not receive events is refused wherever a step names it', () => {
  const checkInput: CheckInput = (_, { notifyUrl }) =>
    notifyUrl === 'bad' ? [{ path: 'notifyUrl', message: 'not there' }] : [];
  const notified = { ...play, with: { ...play.with, notifyUrl: 'bad' } };
  const nested = {
    if: { ref: '$callId', exists: true },
    then: [{ ...notified, timeout: 'PT1S', onTimeout: [notified] }],
  };
  const byReference = { do: 'hold', with: { participant: '8:acs:x', notifyUrl: '$input.url' } };
  const later = { ...play, with: { ...play.with, notifyUrl: '$steps.hold.result.url' } };
  const posted = { ...steps(nested, byReference, later), finally: [notified], input: { url: 'bad' } };
  expect(errorsOf(posted, { checkInput })).toEqual(
    ['steps[0].then[0]', 'steps[0].then[0].onTimeout[0]', 'steps[1]', 'finally[0]'].map(
      (path) => `${path}.with.notifyUrl: not there`,
    ),
  );
  expect(errorsOf(posted)).toEqual([]);
  const recorded = { name: 'recordLifecycle', callId, input: { recording: { notifyUrl: 'bad' } } };
  expect(errorsOf(recorded, { checkInput })).toEqual(['input.recording.notifyUrl: not there']);
  const chosen = { name: 'menu', callId, input: menuOf([{ tone: 'one', label: 'a', steps: [notified] }]) };
  expect(errorsOf(chosen, { checkInput })).toEqual(['input.choices[0].steps[0].with.notifyUrl: not there']);
});

test('an unknown built-in is refused with the names of the known ones', () => {
  expect(errorsOf({ name: 'sing' })).toEqual([
    expect.stringContaining('expected the name of a built-in sequence: addThenCancel, ringGroup'),
  ]);
});

test('text in the input of a built-in is literal', () => {
  const { definition } = readRequest({ name: 'menu', callId, input: menuOf([{ tone: 'one', label: '$5 off' }]) });
  expect(JSON.stringify(definition)).toContain('$$5 off');
});

test('steps may refer to the input, to earlier steps and to the call that they make', () => {
  const request = {
    input: { who: '+14255550123', from: '+14255550100' },
    steps: [
      { do: 'createCall', with: { targets: ['$input.who'], callerId: '$input.from' } },
      { do: 'startRecording', with: { context: '$callId' } },
      { do: 'pauseRecording', with: { recordingId: '$steps.startRecording.result.recordingId' } },
      { if: { ref: '$input.optional', exists: true }, then: [{ do: 'hold', with: { participant: '$input.who' } }] },
    ],
    finally: [{ do: 'hangUp' }],
  };
  const { definition, callId: call } = readRequest(request);
  expect(call).toBeUndefined();
  expect(definition.steps.map(({ id }) => id)).toEqual(['createCall', 'startRecording', 'pauseRecording', 'if']);
});

test('a value that an earlier step will produce is not validated', () => {
  const ask: Step = { id: 'ask', do: 'recognize', with: { participant: '8:acs:x', input: 'speech', locale: 'en-US' } };
  const echo: Step = { do: 'play', with: { sources: [{ text: '$steps.ask.result.speech' }] } };
  const say: Step = { do: 'play', with: { sources: '$steps.ask.result.sources', loop: true } };
  expect(errorsOf(steps(ask, echo, say))).toEqual([]);
});

test('steps that start together do not conflict when they use no media, or are invalid themselves', () => {
  const branches = [[{ do: 'hangUp' }], [{ do: 'play' }], [{ do: 'sing' }], []];
  expect(errorsOf(steps({ parallel: branches })).map((error) => error.split(':')[0])).toEqual([
    'steps[0].parallel[1][0].with.sources',
    'steps[0].parallel[2][0].do',
  ]);
});

test('a recording that starts paused can be resumed first', () => {
  const input = { recording: { pauseOnStart: true }, schedule: [{ after: 'PT1S', do: 'resume' }] };
  expect(errorsOf({ name: 'recordLifecycle', callId, input })).toEqual([]);
});

test('a rule provides its incoming call: steps may answer it, and a built-in answers it first', () => {
  const posted = readRequest({ steps: [{ do: 'answerCall' }, play] }, [], { incomingCallId: callId });
  expect(posted).toMatchObject({ callId, definition: { steps: [{ do: 'answerCall' }, { do: 'play' }] } });
  const input = menuOf([{ tone: 'one', label: 'a', steps: [{ id: 'answerCall', wait: 'PT1S' }] }]);
  const [answer] = readRequest({ name: 'menu', input }, [], { incomingCallId: callId }).definition.steps;
  expect(answer).toEqual({ id: 'answerCall-2', do: 'answerCall' });
  const room = { roomId: 'r', target: '+14255550123', callerId: '+14255550100' };
  expect(
    readRequest({ name: 'roomCall', input: room }, [], { incomingCallId: callId }).definition.steps[0],
  ).toMatchObject({
    do: 'connectCall',
  });
});

test('without a rule there is no incoming call to answer', () => {
  expect(errorsOf({ steps: [{ do: 'answerCall' }] })).toEqual(['steps[0].with.incomingCallId: required']);
});
