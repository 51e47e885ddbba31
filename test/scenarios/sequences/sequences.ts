/** Sequences as a caller runs them: start one, wait for its end. */
import type { Answer } from '../../support/api.ts';
import { eventually } from '../../support/api.ts';
import type { Switchboard } from '../../support/switchboard.ts';

/** The app's own number, and people who are called. */
export const callerId = '+14255550100';
const caller = '+14255550123';

/** A sequence does not wait for its next look when nobody wakes it. */
export const impatient = { SEQUENCE_RECHECK_SECONDS: '1' } as const;

/** A connected call with one person in it. */
export async function aCall({ api }: Pick<Switchboard, 'api'>, target = caller): Promise<string> {
  const { body } = await api('POST', 'calls', { targets: [target], callerId }, { prefer: 'wait=20' });
  if (body.status !== 'succeeded') {
    throw new Error(`the call was not connected: ${JSON.stringify(body)}`);
  }
  return body.callId;
}

/** The sequence once it has ended. */
export async function ended(
  { api }: Pick<Switchboard, 'api'>,
  sequenceId: string,
  withinMs?: number,
): Promise<Answer['body']> {
  const { body } = await eventually(
    () => api('GET', `sequences/${sequenceId}`),
    (answer) => answer.body.status !== 'running',
    withinMs,
  );
  return body;
}

/** Starts a sequence and waits for its end. */
export async function run(board: Pick<Switchboard, 'api'>, request: object): Promise<Answer['body']> {
  const started = await board.api('POST', 'sequences', request);
  if (started.status !== 202) {
    throw new Error(`not started: ${JSON.stringify(started.body)}`);
  }
  return ended(board, started.body.sequenceId);
}

/** The steps by what became of them. */
export function outcomes(sequence: Answer['body']): string[] {
  return sequence.steps.map(({ id, status }: { id: string; status: string }) => `${id} ${status}`);
}
