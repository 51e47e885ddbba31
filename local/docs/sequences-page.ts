/** docs/sequences.md: the step language, and each built-in with its input, an example and its flowchart. */

import type { BuiltIn } from '../../shared/sequences/built-in/define-sequence.ts';
import { builtIns } from '../../shared/sequences/built-in/index.ts';
import { limits } from '../../shared/sequences/language/definition.ts';
import { readRequest } from '../../shared/sequences/request.ts';
import { columns } from './columns.ts';
import { flowchart } from './flowchart.ts';
import { inputTable } from './input-table.ts';
import { jsonBlock } from './json-block.ts';
import { stepLanguage } from './step-language.ts';

const callId = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** The page. */
export function sequencesPage(): string {
  const table = builtIns as readonly BuiltIn[];
  return [
    ...introduction,
    ...columns([
      ['built-in', 'what it does'],
      ['---', '---'],
      ...table.map(({ name, summary }) => [`[\`${name}\`](#${name.toLowerCase()})`, summary]),
    ]),
    '',
    '## Steps',
    '',
    ...ofSteps,
    ...stepLanguage(),
    ...references,
    '## Built-in sequences',
    '',
    ...ofBuiltIns,
    ...table.flatMap(section),
  ].join('\n');
}

const introduction = [
  '# Sequences',
  '',
  'Generated from `shared/sequences/` by `npm run docs`; do not edit.',
  '',
  'A sequence performs operations one after another, waits in between, decides by what came of them, and cleans up whatever',
  'happens: it goes on across crashes and deployments, and performs each operation once. Start one with',
  '`POST /api/sequences`, by the name of a built-in or by steps of your own, or have a routing rule start it when a call',
  'rings. `GET /api/sequences/{sequenceId}` shows it step by step while it runs; `POST …/cancel` stops it and takes back',
  'what it did, last things first.',
  '',
];

const ofSteps = [
  'A request has `steps`, and `finally`: steps that run once, however the others ended, and of which one that fails does not',
  'keep the rest from running. In `finally`, what was taken back already is skipped, and so is what refers to something that',
  'never came to be.',
  '',
  ...jsonBlock({
    callId,
    input: { guest: '+14255550123' },
    steps: [
      { do: 'startRecording' },
      { id: 'add', do: 'addParticipant', with: { target: '$input.guest', callerId: '+14255550100' } },
      { wait: 'PT10M' },
      { result: { invitation: '$steps.add.result.invitationId' } },
    ],
    finally: [{ do: 'stopRecording', with: { recordingId: '$steps.startRecording.result.recordingId' } }],
  }),
  '',
  `A sequence has at most ${limits.steps} steps (${limits.unrolledSteps} when repetitions are counted), ` +
    `${limits.bytes / 1024} KiB, and runs at most ${limits.hours} h.`,
  'The whole is checked before it starts; every fault is told at once, with its place.',
  '',
];

const references = [
  '### References',
  '',
  'A string in a step that begins with `$` stands for a value; `$$` stands for a plain `$`.',
  '',
  ...columns([
    ['reference', 'stands for'],
    ['---', '---'],
    ['`$input.target`', 'a member of the input'],
    [
      '`$steps.add.status`',
      'what became of an earlier step: `succeeded`, `failed`, `canceled`, `timedOut`, `indeterminate`',
    ],
    [
      '`$steps.add.result.invitationId`',
      'what its operation brought; `$steps.ask.result.tones.0` is the first of a list',
    ],
    ['`$steps.add.error.code`', 'why it failed'],
    ['`$callId`, `$sequenceId`', 'the call of the sequence, its own id'],
  ]),
  '',
  'A step is named by its `id`, or else by what it does: `play`, and the next one `play-2`. In a repetition a reference means',
  'the same round, after it the last one. A reference that finds nothing fails its step, but in a `result`.',
  '',
];

const ofBuiltIns = [
  'They are made of the same steps. Text in their input is plain text: only in a member `steps` references hold. A rule gives',
  'a built-in its call, which is answered first. In the diagrams, a step that fails leads to `finally`, or to the end, unless it',
  '"may fail"; a dotted arrow is what begins when the time is over.',
  '',
];

function section(builtIn: BuiltIn): string[] {
  const { name, summary, input, example } = builtIn;
  const isOnCall = Object.hasOwn(input.shape, 'callId');
  const request = { name, input: { ...(isOnCall && { callId }), ...example } };
  return [
    `### ${name}`,
    '',
    `${summary}.`,
    '',
    ...inputTable(input),
    '',
    ...jsonBlock(request),
    '',
    ...flowchart(readRequest(request).definition),
    '',
  ];
}
