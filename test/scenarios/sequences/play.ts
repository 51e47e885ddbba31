/** Plays scenes: starts one, waits for a step, reads the call at ACS, hangs up its parties. */
import type { Answer } from '../../support/api.ts';
import { eventually } from '../../support/api.ts';
import type { Switchboard } from '../../support/switchboard.ts';
import { party } from '../../support/wire.ts';
import type { Cast, Scene } from './scenes.ts';
import { aCall } from './sequences.ts';

let casts = 0;

/** What playing a scene takes. */
type Stage = Pick<Switchboard, 'api' | 'emulator'>;

/** Starts a scene, and returns its sequence and its cast. `connect` makes the call to the caller, if there is one. */
export async function startScene(
  board: Stage,
  scene: Scene,
  connect: (board: Stage, caller: string) => Promise<string> = aCall,
): Promise<{ sequenceId: string; callId: string | undefined; cast: Cast }> {
  casts += 1;
  const number = (person: number) => `+1425${String(casts).padStart(6, '0')}${person}`;
  const cast: Cast = { caller: number(1), one: number(2), other: number(3), room: `room-${casts}` };
  for (const [who, script] of Object.entries(scene.scripts ?? {})) {
    await party(board, cast[who as keyof Cast], script);
  }
  if (scene.callsItself) {
    await board.emulator.control.put(`rooms/${cast.room}`, { pstnDialOutEnabled: true });
    await board.emulator.control.post(`rooms/${cast.room}/join`, { party: cast.caller });
  }
  const callId = scene.callsItself ? undefined : await connect(board, cast.caller);
  const input = { ...scene.input(cast), ...(callId !== undefined && { callId }) };
  const { status, body } = await board.api('POST', 'sequences', { name: scene.name, input });
  if (body.sequenceId === undefined) {
    throw new Error(`not started, ${status}: ${JSON.stringify(body)}`);
  }
  return { sequenceId: body.sequenceId, callId, cast };
}

/** Waits until a step has started, or the sequence has ended. */
export async function reaches({ api }: Switchboard, sequenceId: string, step: string): Promise<Answer['body']> {
  const { body } = await eventually(
    () => api('GET', `sequences/${sequenceId}`),
    (answer) => answer.body.status !== 'running' || startedSteps(answer.body).includes(step),
  );
  return body;
}

/** The steps that have started, in that order. */
export function startedSteps(sequence: Answer['body']): string[] {
  return sequence.steps
    .filter(({ startedAt }: { startedAt?: string }) => startedAt !== undefined)
    .map(({ id }: { id: string }) => id);
}

/** A call as ACS has it. */
export interface EmulatedCall {
  readonly callConnectionId: string;
  readonly callbackUri: string;
  readonly state: string;
  readonly participants: readonly {
    readonly id: string;
    readonly rawId: string;
    readonly isApplication: boolean;
    readonly isOnHold: boolean;
  }[];
  readonly recordings: readonly { readonly hasEnded: boolean }[];
  readonly ringing: readonly object[];
}

/** The call at ACS that has Switchboard's call id. */
export async function atAcs(
  { emulator }: Pick<Switchboard, 'emulator'>,
  callId: string,
): Promise<EmulatedCall | undefined> {
  const { calls } = (await emulator.control.get('calls')) as { calls: EmulatedCall[] };
  return calls.find(({ callbackUri }) => callbackUri.endsWith(`/${callId}`));
}

/** Every party of a call hangs up. */
export async function hangUpParties(board: Pick<Switchboard, 'emulator'>, callId: string): Promise<void> {
  const call = await atAcs(board, callId);
  for (const { rawId, isApplication } of call?.participants ?? []) {
    if (!isApplication) {
      const path = `calls/${call?.callConnectionId}/participants/${encodeURIComponent(rawId)}/hang-up`;
      await board.emulator.control.post(path, {}).catch(() => undefined);
    }
  }
}
