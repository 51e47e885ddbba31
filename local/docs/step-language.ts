/** The reference of the step language: each kind of step with what it means and an example, which is parsed as posted. */
import * as z from 'zod';
import { limits, type Step, type StepKind, stepKinds } from '../../shared/sequences/language/definition.ts';
import { stepSchemas } from '../../shared/sequences/language/schema.ts';
import { readRequest } from '../../shared/sequences/request.ts';
import { fieldNames } from './input-table.ts';
import { jsonBlock } from './json-block.ts';

interface Explained {
  readonly means: readonly string[];
  readonly example: Step;
}

const kinds: Readonly<Record<StepKind, Explained>> = {
  do: {
    means: [
      'Performs an operation of [operations.md](operations.md) and waits until it has settled. `with` is its input, with the',
      'ids of its path; `callId` defaults to the call of the sequence. When it does not succeed, `onFailure` decides: `stop`',
      '(the default) ends the sequence, `continue` runs the next step, `compensate` undoes the steps so far, the last first.',
      'After `timeout` the steps of `onTimeout` run while the outcome is open; the step still waits for it. If they fail, the',
      'step has failed, and its operation is stopped.',
      'Pausing or resuming a recording that ended with its call is skipped. `masked` keeps what people press or say out of',
      'everything but the result of the sequence.',
    ],
    example: {
      id: 'ask',
      do: 'recognize',
      with: { participant: '+14255550123', input: 'dtmf', maxTones: 1, prompt: { text: 'Press 1 to go on.' } },
      onFailure: 'continue',
    },
  },
  wait: {
    means: ['Waits. It fails when the call ends first; `onFailure` is that of `do`.'],
    example: { wait: 'PT5S' },
  },
  waitFor: {
    means: [
      'Waits for one of the events of the call. An event that arrived since the previous step started counts; each event is',
      'consumed once. When none arrives in time the sequence ends `timedOut`, unless `onFailure` is `continue`.',
    ],
    example: { id: 'played', waitFor: { events: ['PlayCompleted', 'PlayFailed'], timeout: 'PT1M' } },
  },
  if: {
    means: ['Runs `then` if the value at `ref` `equals` a value, is `in` a list, or `exists`; otherwise `else`.'],
    example: {
      if: { ref: '$input.language', in: ['de', 'fr'] },
      then: [{ do: 'play', with: { sources: [{ text: 'Bonjour, guten Tag.' }] } }],
      else: [{ do: 'play', with: { sources: [{ text: 'Hello.' }] } }],
    },
  },
  parallel: {
    means: [
      'Runs several lists at once. Until `all` (the default) are done: the first that fails stops the others. Or until the',
      '`first` is done: the others are stopped and undone; the step fails when all of them fail.',
    ],
    example: {
      parallel: [[{ do: 'startRecording' }], [{ do: 'play', with: { sources: [{ text: 'This call is recorded.' }] } }]],
    },
  },
  repeat: {
    means: [`Runs a list up to \`times\` (at most ${limits.repeats}), until a condition holds after a round.`],
    example: {
      repeat: {
        times: 3,
        steps: [{ do: 'addParticipant', with: { target: '8:acs:agent' }, onFailure: 'continue' }],
        until: { ref: '$steps.addParticipant.status', equals: 'succeeded' },
      },
    },
  },
  while: {
    means: [
      'Runs `steps` while a participant is in the call: a raw id or number, a reference to one, or `anyone`, which is anyone',
      'but those whom the sequence invites. Once they have left, or the call has ended, the running steps are stopped (an',
      'invitation is canceled), `onDeparture` runs, and what the steps did is undone: a person who has answered is removed.',
      '`result.outcome` is then `abandoned`, and the status of this step `canceled`. What follows the block runs in either',
      'case. A departure that the sequence itself causes (by `hangUp`, `transferCall`, `removeParticipant` or',
      '`moveParticipants`) or awaits (by `waitFor` of `CallDisconnected`) does not end the block, nor does the absence of',
      'someone whom no participant list has named.',
    ],
    example: {
      id: 'serve',
      while: { present: '$input.caller' },
      steps: [{ id: 'agent', do: 'addParticipant', with: { target: '+14255550124', callerId: '+14255550100' } }],
      onDeparture: [{ do: 'play', with: { sources: [{ text: 'The caller has hung up.' }], to: ['+14255550124'] } }],
    },
  },
  sendDigits: {
    means: [
      'Sends digits to a phone number in the call: the keys `0`–`9`, `*`, `#`, `A`–`D`, with pauses (`w` is 0.5 s, `W` 1 s, a',
      'comma 2 s), at most 64 characters. Each group of digits is a `sendDtmfTones`, masked. `onFailure` is that of `do`.',
    ],
    example: { id: 'pin', sendDigits: { to: '+14255550123', digits: 'ww123#' } },
  },
  collect: {
    means: [
      'Collects tones with what was typed ahead. `listening` is the id of an earlier `startContinuousDtmfRecognition`: all',
      'tones since count, also those before this step, unless an earlier `collect` of the same recognition took them, so',
      'several menus share what a caller types. The `prompt` is played to that participant unless tones are there, and',
      'stopped by the first one (with all media of the call, as ACS has no narrower way). The step succeeds with',
      '`result.tones` after `maxTones` or one of `stopTones`, which is not among them. It fails with `error.code`',
      '`initialSilenceTimeout` (5 s after the prompt by default), `interToneTimeout` (2 s) or, for tones that are not in',
      '`accepts`, `toneNotAccepted`; the tones so far are then dropped. A stop tone after `maxTones` is not an answer of the',
      'next step, unless it `accepts` it. When the recognition is `masked`, so are the tones. `stopContinuousDtmfRecognition`',
      'belongs in `finally`. `onFailure` is that of `do`.',
    ],
    example: {
      id: 'language',
      collect: {
        listening: 'listen',
        prompt: { text: 'For English press 1, für Deutsch die 2.', locale: 'en-US' },
        maxTones: 1,
        accepts: ['one', 'two'],
      },
    },
  },
  result: {
    means: ['Adds members to the `result` of the sequence. A member whose reference has no value is left out.'],
    example: { result: { call: '$callId', language: '$input.language' } },
  },
  fail: {
    means: ['Fails the sequence, as an operation does whose `onFailure` is `stop`.'],
    example: { fail: { code: 'outOfHours', message: 'The office is closed.' } },
  },
};

/** The section of each kind. Throws when the API would reject an example. */
export function stepLanguage(): string[] {
  const listen = { id: 'listen', do: 'startContinuousDtmfRecognition', with: { participant: '$input.caller' } };
  const steps = [listen, ...stepKinds.map((kind) => kinds[kind].example)];
  readRequest({
    callId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    input: { language: 'de', caller: '+14255550123' },
    steps,
  });
  const schemas = stepSchemas(z.array(z.unknown()));
  return stepKinds.flatMap((kind) => [
    `### ${kind}`,
    '',
    `\`${fieldNames(schemas[kind])}\``,
    '',
    ...kinds[kind].means,
    '',
    ...jsonBlock(kinds[kind].example),
    '',
  ]);
}
