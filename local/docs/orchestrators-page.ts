/** docs/orchestrators.md: how to write an orchestrator, around the example that is tested. */
import { callBack } from '../../shared/sequences/orchestrators/call-back.ts';
import { columns } from './columns.ts';
import { inputTable } from './input-table.ts';
import { jsonBlock } from './json-block.ts';

/** The page, with the source of the example. */
export function orchestratorsPage(source: string): string {
  return [
    ...introduction,
    '## The example',
    '',
    `\`shared/sequences/orchestrators/call-back.ts\`: ${callBack.summary.toLowerCase()}.`,
    '',
    '```ts',
    source.trimEnd(),
    '```',
    '',
    ...inputTable(callBack.input),
    '',
    ...jsonBlock({ name: callBack.name, input: callBack.example }),
    '',
    ...ofBlocks,
    ...columns([['block', 'what it does'], ['---', '---'], ...blocks]),
    '',
    ...ofEndings,
    ...columns([['what happens', 'what is taken back', 'cleanups', 'the sequence'], Array(4).fill('---'), ...endings]),
    '',
    ...afterEndings,
    ...rules,
  ].join('\n');
}

const introduction = [
  '# Orchestrators of your own',
  '',
  'Generated from `shared/sequences/orchestrators/` by `npm run docs`; do not edit.',
  '',
  'Where [steps](sequences.md) are too little, because your flow loops on what came back or decides by itself, write an',
  'orchestrator: a generator in TypeScript that takes the same steps one after another. It is started, shown, listed and',
  'cancelled like a built-in sequence, goes on across crashes, and performs each operation once.',
  '',
  '1. Write `shared/sequences/orchestrators/<name>.ts`: one `defineOrchestrator` literal.',
  '2. Add it to the table in `index.ts` beside it. Route, validation, OpenAPI and registration follow.',
  '3. `npm run dev`, then `POST /api/sequences` with its name and input, or name it in a routing rule. One that a rule starts',
  "   has the incoming call as its own, and answers it: `perform(flow, { id: 'answer', do: 'answerCall' })`.",
  '',
];

const ofBlocks = [
  '## Building blocks',
  '',
  'Each is a part of a generator: `yield*` it. A step is one of the [step language](sequences.md#steps), with an id of its own;',
  'in a loop, put the round into it. What is not of the step language is code: a failure is an outcome,',
  '`{id, status, operationId?, callId?, event?, error?: {code}}`, and you decide. `callId` in `with` is the last call that the',
  'sequence made, or the one that it was started with, unless given.',
  '',
];

const blocks = [
  ['`perform(flow, step)`', 'performs an operation and waits until it settled'],
  ['`performAll(flow, steps)`', 'several at once, until all settled'],
  [
    '`waitForEvent(flow, id, events, timeout)`',
    'an event of the call, among the `events` of the definition; `timedOut` when none came',
  ],
  ['`wait(flow, id, time)`', 'a time; the end of a call does not cut it short'],
  ['`conditionHolds(flow, condition)`', 'whether a condition holds, on values that the code does not see'],
  ['`setResult(flow, id, result)`', 'puts values into the result of the sequence, by reference'],
  [
    '`withCleanup(flow, body, cleanup)`',
    'runs the cleanup once after the body: after success, failure, cancel or 24 h',
  ],
];

const ofEndings = [
  '## How it ends, and what stays',
  '',
  'A failure takes nothing back by itself: a call stays up and is recorded on, because people may be talking in it. What must',
  'not stay behind is the business of a cleanup. The example has one that hangs up; without it, a customer whose agent does not',
  'answer would be left alone in the call. A recording is stopped there by its reference, and where there is none the step is',
  "skipped: `perform(flow, { id: 'stop', do: 'stopRecording', with: { recordingId: '$steps.record.result.recordingId' } })`.",
  '',
];

const endings = [
  ['`run` returns', 'nothing', 'run', '`succeeded`'],
  ['it throws `SequenceFailed(code, message)`', 'nothing', 'run', '`failed`, with that code'],
  ['it throws anything else, or takes a wrong step', 'nothing', 'run', '`failed`, `orchestratorFailed`'],
  ['somebody cancels it', 'all that it did, last things first; then `SequenceStopped` is thrown', 'run', '`canceled`'],
  ['it runs for 24 h', 'what is still open; then `SequenceStopped` is thrown', 'run', '`timedOut`'],
  [
    'the call ends',
    'nothing is left to; operations and `waitForEvent` fail with `callEnded`',
    'when the code ends',
    'goes on',
  ],
  ['the host crashes, or a new version is deployed', 'nothing', 'when the code ends', 'goes on where it was'],
  [
    'its orchestration is terminated or purged',
    'nothing',
    'when the code ends',
    'is started anew within minutes, and finds its steps done',
  ],
];

const afterEndings = [
  'Taken back are calls that it made or answered (hung up), those that it joined (left), people whom it added (removed; rung',
  'no more), holds, recordings, transcription, streaming and continuous DTMF that it began. Code that catches',
  '`SequenceStopped` and takes further steps is stopped at the next.',
  '',
];

const rules = [
  '## Nobody is named',
  '',
  'Durable Functions keeps what passes through an orchestrator. So the code sees ids, statuses and codes, and of its input the',
  'fields that it declares as `shown`; phone numbers, ids of people, digits and words stay behind references such as',
  '`$input.customer` and `$steps.ask.result.tones.0`, which are followed where the operation is performed. A number or a raw id',
  'that is written into a step is refused with a `TypeError`, one in a `shown` field with a 422.',
  '',
  '## Rules of replay',
  '',
  'Durable Functions runs the generator from its beginning again whenever something happened, and gives it the results that',
  'it had before. So it must come to the same steps each time: no clock, no random, no variables of the module; `flow.df` has',
  'the time. It does no I/O of its own and awaits nothing; I/O is an activity, `yield flow.df.callActivity(…)`, and what that',
  'returns is kept. It does not log, for it would log again. What it was told stays true: a decision is never taken twice.',
  '',
  '## Changing one while some run',
  '',
  'One that runs meets the new code at its next event. You may change what comes after the steps that were taken, and what',
  'steps say. Never the order or the ids of steps that were taken: it would fail, and its cleanup with it. Give such a version',
  'a new name, and take the old one out of the table once `GET /api/sequences?status=running` shows none of it.',
  '',
];
