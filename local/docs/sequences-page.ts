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
  'A sequence performs operations one after another, waits in between, decides by their outcomes, and cleans up however it',
  'ends. It survives crashes and deployments, and performs each operation once. Start one with `POST /api/sequences`, by the',
  'name of a built-in or by steps of your own, or have a routing rule start it when a call rings.',
  '`GET /api/sequences/{sequenceId}` returns its progress step by step; `POST …/cancel` stops it and undoes its steps, the',
  'last first.',
  '',
];

const ofSteps = [
  'A request has `steps`, and `finally`: steps that run once, however the others ended; one that fails does not prevent the',
  'rest. In `finally`, a step whose effect is undone already is skipped, and so is one that refers to a value that does not',
  'exist.',
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
  'The request is validated as a whole before it starts; every validation error is reported at once, with its JSON path.',
  '',
];

const references = [
  '### References',
  '',
  'A string in a step that starts with `$` stands for a value; `$$` stands for a plain `$`.',
  '',
  ...columns([
    ['reference', 'stands for'],
    ['---', '---'],
    ['`$input.target`', 'a member of the input'],
    [
      '`$steps.add.status`',
      'the outcome of an earlier step: `succeeded`, `failed`, `canceled`, `timedOut`, `indeterminate`',
    ],
    [
      '`$steps.add.result.invitationId`',
      'the result of its operation; `$steps.ask.result.tones.0` is the first of a list',
    ],
    ['`$steps.add.error.code`', 'why it failed'],
    ['`$callId`, `$sequenceId`', 'the call of the sequence, its own id'],
  ]),
  '',
  'A step is named by its `id`, or by its operation: `play`, and the next one `play-2`. In a repetition a reference means the',
  'same round, after it the last one. A reference without a value fails its step, except in a `result`.',
  '',
];

const ofBuiltIns = [
  'They consist of the same steps. Text in their input is literal: only members named `steps` hold references. A routing rule',
  'provides the call of a built-in, which answers it first. In the diagrams, a step that fails leads to `finally` or to the',
  'end, unless it "may fail"; a dotted arrow leads to the steps that run after a timeout.',
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
