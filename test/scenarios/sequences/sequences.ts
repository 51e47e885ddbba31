/** Runs sequences as a client does: starts one, waits for its end. */
import type { Answer } from '../../support/api.ts';
import { eventually } from '../../support/api.ts';
import type { Switchboard } from '../../support/switchboard.ts';

/** Switchboard's number, and a party to call. */
export const callerId = '+14255550100';
const caller = '+14255550123';

/** Sequences recheck often, so that a lost wake does not slow a test down. */
export const frequentRechecks = { SEQUENCE_RECHECK_SECONDS: '1' } as const;

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

/** The steps with their statuses. */
export function outcomes(sequence: Answer['body']): string[] {
  return sequence.steps.map(({ id, status }: { id: string; status: string }) => `${id} ${status}`);
}
