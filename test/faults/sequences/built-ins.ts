/** The built-ins in rounds of faults: some are played, and whoever waits too long for what was lost hangs up. */
import type { Emulator } from '../../../local/emulator/index.ts';
import { begin, everybodyLeaves } from '../../scenarios/sequences/play.ts';
import { type Scene, scenes } from '../../scenarios/sequences/scenes.ts';
import { callerId } from '../../scenarios/sequences/sequences.ts';
import type { Api } from '../../support/api.ts';
import { type Choices, insist } from './rounds.ts';

const perRound = 3;

/** What was to be said or heard when the host died is never asked for again: nobody waits for it much longer than this. */
const patienceMs = 6000;

/** Begins some of the scenes. Resolves to their sequences. */
export async function playSome(api: () => Api, emulator: Emulator, choices: Choices): Promise<string[]> {
  const some = Array.from({ length: perRound }, () => choices.oneOf(scenes as readonly [Scene, ...Scene[]]));
  const board = { emulator, api: (...request: Parameters<Api>) => insist(api, request) };
  const begun = some.map((scene) => begin(board, scene, (_, caller) => connect(api, caller)));
  return (await Promise.all(begun)).map(({ sequenceId }) => sequenceId);
}

async function connect(api: () => Api, caller: string): Promise<string> {
  const call = { targets: [caller], callerId };
  const { body } = await insist(api, ['POST', 'calls', call], (answer) => answer.body.status === 'succeeded');
  return body.callId;
}

/** Some time later everybody hangs up, we too: a sequence that still waits for them comes to its end. */
export async function goHome(api: () => Api, emulator: Emulator, sequenceIds: readonly string[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, patienceMs));
  for (const sequenceId of sequenceIds) {
    const { callId } = (await insist(api, ['GET', `sequences/${sequenceId}`])).body;
    if (callId !== undefined) {
      await everybodyLeaves({ emulator }, callId);
      await insist(api, ['POST', `calls/${callId}/hang-up`, { forEveryone: true }]);
    }
  }
}
