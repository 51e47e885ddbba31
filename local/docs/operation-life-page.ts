/** docs/operation-life.md: the states of an operation, the inputs that change them, and the rank of evidence. */
import {
  type Evidence,
  evidenceRanks,
  type LifeInput,
  type LifeState,
  lifeInputs,
  lifeStates,
  lifeTransitions,
  type Transition,
} from '../../shared/calls/operation-life/life.ts';
import { columns } from './columns.ts';

const states = Object.keys(lifeStates) as LifeState[];
const inputs = Object.keys(lifeInputs) as LifeInput[];

/** The page. */
export function operationLifePage(): string {
  return [
    ...introduction,
    ...diagram(),
    '',
    '## States',
    '',
    ...columns([['state', 'meaning'], ['---', '---'], ...states.map((state) => [`\`${state}\``, lifeStates[state]])]),
    '',
    '`GET /api/operations/{operationId}` shows `unconfirmed` as `accepted`, `presumed` as the status before it, and `settled` as',
    'its outcome: `succeeded`, `failed`, `canceled`, `timedOut` or `indeterminate`.',
    '',
    '## Inputs',
    '',
    ...columns([['input', 'meaning'], ['---', '---'], ...inputs.map((input) => [`\`${input}\``, lifeInputs[input]])]),
    '',
    '## Transitions',
    '',
    'An input without an outcome leads to the state of its cell; "·" means that it changes nothing. One with an outcome leads to',
    '`presumed` (P) while stronger evidence may follow, and to `settled` (S) otherwise.',
    '',
    ...columns([
      ['state', ...inputs.map((input) => `\`${input}\``)],
      ['---', ...inputs.map(() => '---')],
      ...states.map((state) => [
        `\`${state}\``,
        ...inputs.map((input) => cellOf(state, lifeTransitions[state][input])),
      ]),
    ]),
    '',
    '## Evidence',
    '',
    'Strongest first. Of two outcomes the one by the stronger evidence settles the operation, with its error, in whichever order',
    'they arrive within the grace period.',
    '',
    ...columns([
      ['rank', 'evidence', 'meaning'],
      ['---', '---', '---'],
      ...ranks().map(([rank, kinds], index) => [
        String(index + 1),
        kinds.map((kind) => `\`${kind}\``).join(', '),
        meanings[rank] ?? '',
      ]),
    ]),
    '',
  ].join('\n');
}

const introduction = [
  '# The life of an operation',
  '',
  'Generated from `shared/calls/operation-life/life.ts` by `npm run docs`; do not edit.',
  '',
  'An operation is stored before ACS is asked, and settles once: by the response of ACS, by an event, by a read of the call, by',
  'the end of the call, or by its deadline. ACS promises no order of events, and redelivers or loses them. So the app weighs what it',
  'knows: an outcome by weak evidence is presumed, and waits `PRESUMED_OUTCOME_GRACE_MS` for stronger evidence before it is',
  'published. Readers, the timeline, notifications and sequences see an outcome only when it is final.',
  '',
];

const meanings: Readonly<Record<number, string>> = {
  3: 'ACS reports on this very operation',
  2: 'ACS accepted what it may still report as failed, or the effect of the operation is visible in the call',
  1: 'the call is over, so the operation succeeded by that or can no longer succeed',
  0: 'nothing more is waited for',
};

/** The kinds of evidence by rank, strongest first. */
function ranks(): [rank: number, kinds: Evidence[]][] {
  const kinds = Object.keys(evidenceRanks) as Evidence[];
  return [...new Set(Object.values(evidenceRanks))]
    .sort((a, b) => b - a)
    .map((rank) => [rank, kinds.filter((kind) => evidenceRanks[kind] === rank)]);
}

function cellOf(state: LifeState, { open, provisional, final }: Transition): string {
  const without = open === state ? '·' : `\`${open}\``;
  const withOutcome = [...new Set([provisional, final])].filter((one) => one !== open);
  return [without, ...withOutcome.map((one) => one.charAt(0).toUpperCase())].join(' ');
}

/** The transitions that change something, as a Mermaid state diagram: one arrow for all inputs between two states. */
function diagram(): string[] {
  const arrows = states.flatMap((from) =>
    states.flatMap((to) => {
      const leading = inputs.filter((input) => to !== from && Object.values(lifeTransitions[from][input]).includes(to));
      return leading.length === 0 ? [] : [`  ${from} --> ${to}: ${leading.join(', ')}`];
    }),
  );
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> accepted: intent stored', ...arrows, '  settled --> [*]', '```'];
}
