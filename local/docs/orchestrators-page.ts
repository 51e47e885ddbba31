/** docs/orchestrators.md: how to write an orchestrator, with the tested example. */
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
    ...columns([['what happens', 'what is undone', 'cleanups', 'the sequence'], Array(4).fill('---'), ...endings]),
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
  'Where [steps](sequences.md) are not enough, because your flow loops on results or computes decisions, write an',
  'orchestrator: a generator in TypeScript that runs the same steps one after another. It is started, read, listed and',
  'cancelled like a built-in sequence, survives crashes, and performs each operation once.',
  '',
  '1. Write `shared/sequences/orchestrators/<name>.ts`: one `defineOrchestrator` literal.',
  '2. Add it to the table in `index.ts` beside it. Route, validation, OpenAPI and registration are derived.',
  '3. `npm run dev`, then `POST /api/sequences` with its name and input, or name it in a routing rule. One that a rule starts',
  "   works on the incoming call, and answers it itself: `perform(flow, { id: 'answer', do: 'answerCall' })`.",
  '',
];

const ofBlocks = [
  '## Building blocks',
  '',
  'Each is a generator: call it with `yield*`. A step is one of the [step language](sequences.md#steps), with a unique id; in a',
  'loop, include the round in it. Conditions and loops are code: a failure is an outcome,',
  '`{id, status, operationId?, callId?, event?, error?: {code}}`, and your code decides. `callId` in `with` defaults to the',
  'last call that the sequence made, or the one that it was started with.',
  '',
];

const blocks = [
  ['`perform(flow, step)`', 'performs an operation and waits until it has settled'],
  ['`performAll(flow, steps)`', 'performs several at once, and waits until all have settled'],
  [
    '`whilePresent(flow, step)`',
    'runs the steps of a [`while`](sequences.md#while); false when the participant has left and they were undone',
  ],
  [
    '`waitForEvent(flow, id, events, timeout)`',
    'waits for an event of the call, among the `events` of the definition; `timedOut` when none arrived',
  ],
  ['`wait(flow, id, time)`', 'waits for a time; the end of a call does not shorten it'],
  ['`conditionHolds(flow, condition)`', 'returns whether a condition holds, on values that the code does not see'],
  ['`setResult(flow, id, result)`', 'adds members to the result of the sequence, by reference'],
  [
    '`withCleanup(flow, body, cleanup)`',
    'runs the cleanup once after the body: after success, failure, cancel or 24 h',
  ],
];

const ofEndings = [
  '## How it ends, and what remains',
  '',
  'A failure undoes nothing by itself: the call and its recording continue, because people may be talking. Put what must not',
  'remain into a cleanup. The example has one that hangs up; without it, a customer whose agent does not answer would be left',
  'alone in the call. A cleanup stops a recording by its reference; where there is no recording, the step is',
  "skipped: `perform(flow, { id: 'stop', do: 'stopRecording', with: { recordingId: '$steps.record.result.recordingId' } })`.",
  '',
];

const endings = [
  ['`run` returns', 'nothing', 'run', '`succeeded`'],
  ['it throws `SequenceFailed(code, message)`', 'nothing', 'run', '`failed`, with that code'],
  ['it throws anything else, or runs an invalid step', 'nothing', 'run', '`failed`, `orchestratorFailed`'],
  ['a client cancels it', 'all its steps, the last first; then `SequenceStopped` is thrown', 'run', '`canceled`'],
  ['it runs for 24 h', 'nothing; what is open is stopped, then `SequenceStopped` is thrown', 'run', '`timedOut`'],
  [
    'the call ends',
    'nothing remains to be undone; operations and `waitForEvent` fail with `callEnded`',
    'when the code ends',
    'continues',
  ],
  ['the host crashes, or a new version is deployed', 'nothing', 'when the code ends', 'continues'],
  [
    'its orchestration is terminated or purged',
    'nothing',
    'when the code ends',
    'starts again within minutes, and finds its steps done',
  ],
];

const afterEndings = [
  'To undo means: calls that it made or answered are hung up, those that it joined are left, people whom it added are removed,',
  'open invitations cancelled; holds, recordings, transcription, streaming and continuous DTMF that it started are stopped. Code',
  'that catches `SequenceStopped` and runs further steps is stopped at the next one.',
  '',
];

const rules = [
  '## No personal data',
  '',
  'Durable Functions keeps what passes through an orchestrator. So the code sees ids, statuses and codes, and of its input the',
  'fields that it declares as `shown`; phone numbers, ids of people, digits and words stay behind references such as',
  '`$input.customer` and `$steps.ask.result.tones.0`, which are resolved where the operation is performed. A number or a raw id',
  'written into a step is rejected with a `TypeError`, one in a `shown` field with a 422.',
  '',
  '## Rules of replay',
  '',
  'After every event Durable Functions runs the generator again from the start, with the results of its earlier steps. So it',
  'must reach the same steps each time: no clock, no random numbers, no variables of the module; `flow.df` has the time. It',
  'does no I/O and awaits nothing; I/O is an activity, `yield flow.df.callActivity(…)`, whose result is kept. It does not log,',
  'because every replay would log again. A decision based on these results is the same in every replay.',
  '',
  '## Changing one while some run',
  '',
  'A running one gets the new code at its next event. You may change the steps that it has not reached, and the inputs of',
  'steps. Never change the order or the ids of the steps that it has run: it would fail, and its cleanup with it. Give such a',
  'version a new name, and remove the old one from the table once `GET /api/sequences?status=running` lists none of it.',
  '',
];
