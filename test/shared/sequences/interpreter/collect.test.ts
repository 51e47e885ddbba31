/** Steps that collect tones from a continuous DTMF recognition. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CollectStep, DoStep, Step } from '../../../../shared/sequences/language/definition.ts';
import { statusOf } from '../../../../shared/sequences/runtime/sequence.ts';
import { runs } from '../../../support/property-runs.ts';
import { runIn, type World } from '../world.ts';

const caller = '+14255550123';
const prompt = { text: 'Press a key.' };
const listen: DoStep = {
  id: 'listen',
  do: 'startContinuousDtmfRecognition',
  with: { participant: caller },
  onFailure: 'continue',
};
const succeeded = { status: 'succeeded' } as const;
const canceled = { status: 'canceled' } as const;

const collect = (id: string, more: Partial<CollectStep['collect']> = {}): CollectStep => ({
  id,
  collect: { listening: 'listen', maxTones: 1, ...more },
});

/** A sequence that collects what a caller presses. */
function collecting(...steps: Step[]): World {
  const world = runIn({ steps: [listen, ...steps] });
  world.advance();
  world.settle('startContinuousDtmfRecognition', succeeded);
  return world;
}

const tonesOf = ({ state }: World, id: string) => state.steps[id]?.result?.tones;
const errorOf = ({ state }: World, id: string) => state.steps[id]?.error?.code;
const commands = (world: World) => world.commands.map(({ operation }) => operation);

/** All operations that are open settle, until none is. */
function settleAll(world: World): void {
  for (let ask = world.open[0]; ask; ask = world.open[0]) {
    world.settle(ask, succeeded);
  }
}

const counts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
const presses = fc.array(
  fc.record({
    tones: fc.array(fc.constantFrom('one', 'two', 'three'), { minLength: 1, maxLength: 5 }),
    settles: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

test('several steps share the tones of one recognition, whenever each was pressed', () => {
  fc.assert(
    fc.property(counts, presses, fc.boolean(), (sizes, pressed, hasPrompt) => {
      const more = hasPrompt ? { prompt } : {};
      const world = collecting(...sizes.map((maxTones, index) => collect(`step-${index}`, { maxTones, ...more })));
      for (const { tones, settles } of pressed) {
        world.press(...tones);
        if (settles) {
          settleAll(world);
        }
      }
      settleAll(world);
      let rest = pressed.flatMap(({ tones }) => tones);
      for (const [index, size] of sizes.entries()) {
        expect(tonesOf(world, `step-${index}`)).toEqual(rest.length >= size ? rest.slice(0, size) : undefined);
        rest = rest.length >= size ? rest.slice(size) : [];
      }
    }),
    runs(200),
  );
});

test('a prompt whose answer was typed ahead is not played', () => {
  const world = collecting({ wait: 'PT5S' }, collect('first', { prompt }), collect('second', { prompt }));
  world.press('one', 'two', 'three');
  world.passTime(5000);
  expect([tonesOf(world, 'first'), tonesOf(world, 'second')]).toEqual([['one'], ['two']]);
  expect(commands(world)).toEqual(['startContinuousDtmfRecognition']);
  expect(statusOf(world.state)).toBe('succeeded');
});

test('the first tone stops the prompt, and the step ends once it is stopped', () => {
  const world = collecting(collect('pin', { prompt, maxTones: 2, stopTones: ['pound'] }));
  expect(world.commands.at(-1)).toMatchObject({ operation: 'play', input: { sources: [prompt], to: [caller] } });
  world.press('one');
  expect(commands(world).at(-1)).toBe('cancelAllMediaOperations');
  world.press('pound');
  world.settle('cancelAllMediaOperations', succeeded);
  expect(world.state.steps.pin?.status).toBe('running');
  world.settle('play', canceled);
  expect(tonesOf(world, 'pin')).toEqual(['one']);
});

test('nothing is played before ACS has accepted to listen', () => {
  const steps = [{ parallel: [[listen], [collect('pin', { prompt })]] }];
  const world = runIn({ steps }, { fates: () => ({ status: 'accepted' }) });
  expect(world.advance().steps.pin).toBeUndefined();
});

test('the time limits run from the end of the prompt, then from each tone', () => {
  const silent = collecting(collect('pin', { prompt, initialSilenceTimeoutSeconds: 3 }));
  silent.passTime(60_000);
  silent.settle('play', succeeded);
  silent.passTime(2999);
  expect(silent.state.steps.pin?.status).toBe('running');
  silent.elapse();
  expect([errorOf(silent, 'pin'), statusOf(silent.state)]).toEqual(['initialSilenceTimeout', 'timedOut']);

  const slow = collecting(collect('pin', { maxTones: 4 }));
  slow.passTime(4000);
  slow.press('one');
  slow.passTime(1000);
  slow.press('two');
  slow.passTime(1999);
  expect(slow.state.steps.pin?.status).toBe('running');
  slow.elapse();
  expect(errorOf(slow, 'pin')).toBe('interToneTimeout');

  const untimed = collecting(collect('pin'));
  untimed.passTime(5000);
  expect(errorOf(untimed, 'pin')).toBe('initialSilenceTimeout');
  const ofTones = collecting(collect('pin', { maxTones: 4, interToneTimeoutSeconds: 1 }));
  ofTones.press('one');
  ofTones.passTime(1000);
  expect(errorOf(ofTones, 'pin')).toBe('interToneTimeout');
});

test('a wrong answer drops what was typed after it', () => {
  const menu = { ...collect('menu', { accepts: ['one', 'two'] }), onFailure: 'continue' } as const;
  const until = { ref: '$steps.menu.result.tones.0', exists: true };
  const world = collecting({ repeat: { times: 2, steps: [menu], until } });
  world.press('nine', 'one');
  expect(errorOf(world, 'menu#1')).toBe('toneNotAccepted');
  expect(world.state.steps['menu#2']?.status).toBe('running');
  world.press('two');
  expect(tonesOf(world, 'menu#2')).toEqual(['two']);
});

test('a stop tone after the last of the tones is not the next answer, unless that may be it', () => {
  const stopTones = ['pound'];
  const pin = collect('pin', { maxTones: 2, stopTones });
  const late = collecting(pin, collect('amount', { maxTones: 2, stopTones }));
  late.press('one', 'two');
  late.press('pound');
  late.press('three', 'pound');
  expect([tonesOf(late, 'pin'), tonesOf(late, 'amount')]).toEqual([['one', 'two'], ['three']]);

  const wanted = collecting(pin, collect('menu', { accepts: ['pound'] }));
  wanted.press('one', 'two', 'pound');
  expect(tonesOf(wanted, 'menu')).toEqual(['pound']);
});

test('a prompt that fails fails the step, and one that is canceled cancels it', () => {
  const failing = collecting(collect('pin', { prompt }));
  failing.settle('play', { status: 'failed', error: { code: 'playFailed', message: 'No such file.' } });
  expect([failing.state.steps.pin?.status, errorOf(failing, 'pin')]).toEqual(['failed', 'playFailed']);
  const stopped = collecting(collect('pin', { prompt }));
  stopped.settle('play', canceled);
  expect([stopped.state.steps.pin?.status, errorOf(stopped, 'pin')]).toEqual(['canceled', undefined]);
});

test('a step fails when ACS does not listen, or the call has ended', () => {
  const refused = { status: 'failed', error: { code: 'acsRefused', message: 'ACS refused.' } } as const;
  const refusing = runIn({ steps: [listen, collect('pin')] });
  refusing.advance();
  refusing.settle('startContinuousDtmfRecognition', refused);
  expect(errorOf(refusing, 'pin')).toBe('acsRefused');
  const stopped = collecting(collect('pin', { prompt }));
  stopped.stopReporting();
  expect(commands(stopped).at(-1)).toBe('cancelAllMediaOperations');
  stopped.settle('cancelAllMediaOperations', succeeded);
  stopped.settle('play', canceled);
  expect(errorOf(stopped, 'pin')).toBe('notListening');
  const over = collecting(collect('pin'));
  over.endCall();
  expect(errorOf(over, 'pin')).toBe('callEnded');
});

test('masked tones are in the result of the sequence and nowhere else', () => {
  const result: Step = { result: { pin: '$steps.pin.result.tones' } };
  const world = runIn({ steps: [{ ...listen, masked: true }, collect('pin', { prompt, maxTones: 2 }), result] });
  world.advance();
  world.settle('startContinuousDtmfRecognition', succeeded);
  expect(world.commands.map(({ masked }) => masked)).toEqual([true, true]);
  world.settle('play', succeeded);
  world.press('one', 'two');
  const { result: shown, ...rest } = world.state;
  expect(shown).toEqual({ pin: ['one', 'two'] });
  expect(JSON.stringify(rest)).not.toContain('two');
});
