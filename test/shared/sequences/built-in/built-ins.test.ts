/** What holds for every built-in, however the call goes: canceled or cut off anywhere, each operation well or badly. */
import { expect, test } from 'vitest';
import { builtIns } from '../../../../shared/sequences/built-in/index.ts';
import type { StepCommand, StepRecord } from '../../../../shared/sequences/interpreter/state.ts';
import { fail, finish, type Line, press, servedBy, start, succeed } from './line.ts';

/** The variants of a built-in that its example does not show. */
const variants: Readonly<Record<string, readonly object[]>> = {
  ringGroup: [
    { order: 'inTurn' },
    { confirm: undefined },
    { order: 'inTurn', confirm: undefined },
    { targets: ['+14255550123'] },
  ],
  warmTransfer: [{ consult: undefined }, { leave: false }],
  recordLifecycle: [{ schedule: [] }, { schedule: [{ after: 'PT5S', do: 'pause' }] }],
  consentThenRecord: [{ recordFor: undefined }],
  collectDigits: [{ masked: false }, { typeAhead: true }],
  menu: [{ typeAhead: true }],
  roomCall: [{ tones: undefined, schedule: [] }],
};

const cases = builtIns.flatMap(({ name, example }) =>
  [{}, ...(variants[name] ?? [])].map((variant) => ({ name, variant, input: { ...example, ...variant } })),
);

/** The outcome of every operation, by a name. */
const outcomes: Readonly<Record<string, (ask: StepCommand) => ReturnType<typeof succeed>>> = {
  succeeds: succeed,
  fails: fail,
  'succeeds, but the wrong tone is pressed': (ask) => (ask.operation === 'recognize' ? press('nine') : succeed(ask)),
  'succeeds, except where it undoes another': (ask) =>
    /^(stop|remove|cancel|un)|hangUp/.test(ask.operation) ? fail(ask) : succeed(ask),
};

/** The steps of an operation that succeeded, and that no later one undid or tried to undo. */
function left(
  line: Line,
  operation: string,
  by: string,
  isFor: (step: StepRecord, undo: StepCommand) => boolean,
): string[] {
  return line
    .stepsOf(operation)
    .filter(({ status }) => status === 'succeeded')
    .filter((step) => {
      const since = line.commands.findIndex(({ operationId }) => operationId === step.operationId);
      return !line.commands.slice(since).some((ask) => ask.operation === by && isFor(step, ask));
    })
    .map(({ key }) => key);
}

function check(line: Line, isCanceled: boolean): void {
  const steps = Object.values(line.state.steps);
  expect(['succeeded', 'failed', 'compensated', 'canceled', 'timedOut']).toContain(line.status);
  expect(steps.filter(({ status }) => status === 'running')).toEqual([]);
  expect(new Set(line.commands.map(({ operationId }) => operationId)).size).toBe(line.commands.length);
  if (line.hasEnded) {
    return;
  }
  expect(
    left(line, 'startRecording', 'stopRecording', (step, { input }) => input.recordingId === step.result?.recordingId),
  ).toEqual([]);
  const isHere = (key: string) => line.participants.includes(String(line.state.steps[key]?.request?.input.participant));
  const stillListening = left(line, 'startContinuousDtmfRecognition', 'stopContinuousDtmfRecognition', () => true);
  expect(stillListening.filter(isHere)).toEqual([]);
  const isUnheld = (step: StepRecord, { input }: StepCommand) => input.participant === step.request?.input.participant;
  expect(left(line, 'hold', 'unhold', isUnheld).filter(isHere)).toEqual([]);
  if (isCanceled) {
    expect(
      left(
        line,
        'addParticipant',
        'removeParticipant',
        (step, { input }) => input.participant === step.request?.input.target,
      ),
    ).toEqual([]);
  }
}

test.each(cases)('$name $variant ends well wherever it is cut off', ({ name, input }) => {
  for (const outcome of Object.values(outcomes)) {
    const whole = start(name, input);
    const settlements = finish(whole, outcome);
    check(whole, false);
    for (const what of ['cancel', 'callEnd'] as const) {
      for (let before = 0; before < settlements; before += 1) {
        for (const [order, then] of [
          ['first', succeed],
          ['last', succeed],
          ['first', fail],
        ] as const) {
          const line = start(name, input);
          finish(line, outcome, { order, interruption: { before, what, then } });
          check(line, what === 'cancel');
        }
      }
    }
  }
});

/** The operations that make a phone ring. */
const dials = ['createCall', 'addParticipant', 'transferCall'];

test.each(cases.filter(({ name }) => builtIns.some((one) => one.name === name && 'serves' in one)))(
  '$name $variant serves no one once the person has left, at any step',
  ({ name, input }) => {
    const who = servedBy(name, input) ?? '';
    for (const outcome of Object.values(outcomes)) {
      const settlements = finish(start(name, input), outcome);
      for (let before = 0; before < settlements; before += 1) {
        for (const order of ['first', 'last'] as const) {
          for (const then of [succeed, fail]) {
            const line = start(name, input);
            const interruption = { before, what: 'departure', who, then } as const;
            checkDeparture(line, who, () => finish(line, outcome, { order, interruption }));
            check(line, false);
          }
        }
      }
    }
  },
);

/** After a departure in time no one is called or left behind; after the block that served the person, all goes on. */
function checkDeparture(line: Line, who: string, run: () => void): void {
  const { leave } = line;
  let since: number | undefined;
  Object.assign(line, {
    leave(one: string) {
      const wasThere = line.participants.includes(who);
      const state = leave(one);
      since = wasThere ? line.commands.length : undefined;
      return state;
    },
  });
  run();
  const block = line.state.steps.serve;
  if (since === undefined || !block) {
    return;
  }
  expect(block.status).toBe('canceled');
  expect(line.state.result?.outcome).toBe('abandoned');
  expect(line.commands.slice(since).filter(({ operation }) => dials.includes(operation))).toEqual([]);
  const undone = line.commands.filter(({ operation }) => operation === 'removeParticipant');
  const staying = line.participants.filter((one) => undone.every(({ input }) => input.participant !== one));
  expect(staying).toEqual([]);
}
