/** The built-ins in rounds of faults: some are played, and a person who waits too long for what was lost hangs up. */
import type { Emulator } from '../../../local/emulator/index.ts';
import { hangUpParties, startScene } from '../../scenarios/sequences/play.ts';
import { type Scene, scenes } from '../../scenarios/sequences/scenes.ts';
import { callerId } from '../../scenarios/sequences/sequences.ts';
import type { Api } from '../../support/api.ts';
import { type Choices, retry } from './rounds.ts';

const perRound = 3;

/** A media operation that was lost with the host is not sent again: people hang up after about this time. */
const timeoutMs = 6000;

/** Starts some of the scenes. Resolves to their sequences. */
export async function playSome(api: () => Api, emulator: Emulator, choices: Choices): Promise<string[]> {
  const some = Array.from({ length: perRound }, () => choices.oneOf(scenes as readonly [Scene, ...Scene[]]));
  const board = { emulator, api: (...request: Parameters<Api>) => retry(api, request) };
  const started = some.map((scene) => startScene(board, scene, (_, caller) => connect(api, caller)));
  return (await Promise.all(started)).map(({ sequenceId }) => sequenceId);
}

async function connect(api: () => Api, caller: string): Promise<string> {
  const call = { targets: [caller], callerId };
  const { body } = await retry(api, ['POST', 'calls', call], (answer) => answer.body.status === 'succeeded');
  return body.callId;
}

/** Some time later all hang up, the app too: a sequence that still waits for them comes to its end. */
export async function goHome(api: () => Api, emulator: Emulator, sequenceIds: readonly string[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, timeoutMs));
  for (const sequenceId of sequenceIds) {
    const { callId } = (await retry(api, ['GET', `sequences/${sequenceId}`])).body;
    if (callId !== undefined) {
      await hangUpParties({ emulator }, callId);
      await retry(api, ['POST', `calls/${callId}/hang-up`, { forEveryone: true }]);
    }
  }
}
