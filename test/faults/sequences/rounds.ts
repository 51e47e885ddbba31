/** Rounds of sequences under faults: what is started, what goes wrong, and what must be true when all is over. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Emulator } from '../../../local/emulator/index.ts';
import { Random } from '../../../local/emulator/random.ts';
import { type Answer, type Api, eventually } from '../../support/api.ts';

/** Choices that follow from a seed. */
export function choicesOf(seed: number) {
  const random = new Random(seed);
  const upTo = (most: number) => Math.floor((random.bytes(4).readUInt32LE() / 0x1_0000_0000) * most);
  return {
    upTo,
    oneOf: <T>(of: readonly [T, ...T[]]): T => of[upTo(of.length)] ?? of[0],
    chance: (probability: number) => random.chance(probability),
  };
}

export type Choices = ReturnType<typeof choicesOf>;

const callerId = '+14255550100';

/** Every sequence of a round calls a person of its own, and leaves nothing behind, however it ends. */
const leave = { id: 'leave', do: 'hangUp', with: { forEveryone: true } };
const stopRecording = {
  if: { ref: '$steps.record.result.recordingId', exists: true },
  then: [{ id: 'stop', do: 'stopRecording', with: { recordingId: '$steps.record.result.recordingId' } }],
};

const call = (target: string) => ({ id: 'call', do: 'createCall', with: { targets: [target], callerId } });
const invite = (id: string, target: string) => ({
  id,
  do: 'addParticipant',
  with: { target, callerId, invitationTimeoutSeconds: 20 },
  onFailure: 'continue',
  timeout: 'PT1.5S',
  onTimeout: [
    {
      id: `cancel-${id}`,
      do: 'cancelAddParticipant',
      with: { invitationId: `$steps.${id}.result.invitationId` },
      onFailure: 'continue',
    },
  ],
});
const record = { id: 'record', do: 'startRecording' };
const onRecording = (name: string) => ({ do: name, with: { recordingId: '$steps.record.result.recordingId' } });

/** The shapes of sequences, by the people whom they call. */
const shapes: readonly ((people: readonly [string, string, string]) => readonly object[])[] = [
  ([first, second]) => [call(first), invite('add', second), { wait: 'PT0.2S' }],
  ([first]) => [call(first), record, onRecording('pauseRecording'), { wait: 'PT0.3S' }, onRecording('resumeRecording')],
  ([first, second, third]) => [
    call(first),
    { parallel: [[invite('one', second)], [invite('other', third)]], until: 'first', onFailure: 'continue' },
  ],
  ([first]) => [
    call(first),
    { do: 'hold', with: { participant: first }, onFailure: 'compensate' },
    { parallel: [[record], [{ wait: 'PT0.4S' }]] },
    { do: 'unhold', with: { participant: first } },
  ],
  ([first, second]) => [
    call(first),
    { repeat: { times: 2, steps: [{ wait: 'PT0.1S' }] } },
    invite('add', second),
    { do: 'removeParticipant', with: { participant: second }, onFailure: 'continue' },
  ],
];

/** The last step of each: it must have run, once. */
const lastStep = 'leave';

/** Faults of ACS's events. Only events are dropped whose fact a read of the call has as well. */
const duplicated = ['CallConnected', 'ParticipantsUpdated', 'AddParticipantSucceeded', 'CallDisconnected'];
const dropped = ['CallConnected', 'ParticipantsUpdated', 'AddParticipantSucceeded', 'CallDisconnected'];

export async function disturb({ control }: Emulator): Promise<void> {
  for (const match of duplicated) {
    await control.post('faults', { match, do: { duplicateEvent: true }, probability: 0.2 });
    await control.post('faults', { match, do: { delayEventMs: 250 }, probability: 0.2 });
    await control.post('faults', { match, do: { reorderEvents: true }, probability: 0.2 });
  }
  for (const match of dropped) {
    await control.post('faults', { match, do: { dropEvent: true }, probability: 0.05 });
  }
}

/** Retries a request to a host that may be down, until the answer is as wanted: the same key makes it one. */
export async function retry(
  api: () => Api,
  request: Parameters<Api>,
  wanted: (answer: Answer) => boolean = ({ status }) => status < 500,
): Promise<Answer> {
  const [method, path, body, headers] = request;
  const key = randomUUID();
  const answer = await eventually(
    () => api()(method, path, body, { ...headers, 'idempotency-key': key }).catch(() => undefined),
    (one) => one !== undefined && one.status < 500 && wanted(one),
  );
  if (!answer) {
    throw new Error('no answer');
  }
  return answer;
}

/** Starts the sequences of a round; some are canceled soon after, some people hang up. */
export async function startRound(
  api: () => Api,
  { control }: Emulator,
  choices: Choices,
  round: number,
): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, shape] of shapes.entries()) {
    const number = (person: number) => `+1425${String(round).padStart(4, '0')}${index}${person}0`;
    const people = [number(1), number(2), number(3)] as const;
    for (const [which, person] of people.entries()) {
      const onRing = which === 0 ? 'answer' : choices.oneOf(['answer', 'answer', 'decline', 'noAnswer', 'busy']);
      const leaves = choices.chance(0.15);
      await control.put(`parties/${encodeURIComponent(person)}`, {
        onRing,
        afterMs: choices.upTo(400),
        then: leaves ? [{ waitMs: 300 + choices.upTo(900) }, { hangUp: true }] : [],
      });
    }
    const steps = shape(people);
    const last = JSON.stringify(steps).includes('startRecording') ? [stopRecording] : [];
    const { status, body } = await retry(api, ['POST', 'sequences', { steps, finally: [...last, leave] }]);
    expect({ status, body }).toMatchObject({ body: { sequenceId: expect.any(String) } });
    ids.push(body.sequenceId);
    if (choices.chance(0.3)) {
      setTimeout(() => void api()('POST', `sequences/${body.sequenceId}/cancel`).catch(() => {}), choices.upTo(2500));
    }
  }
  return ids;
}

/** What must be true of a sequence that is over, whatever happened to it. */
export function checkEnd(sequence: Answer['body']): void {
  expect(sequence).toMatchObject({
    status: expect.stringMatching(/^(succeeded|failed|compensated|canceled|timedOut)$/),
    endedAt: expect.any(String),
  });
  expect(sequence.steps.filter(({ status }: { status: string }) => ['running', 'pending'].includes(status))).toEqual(
    [],
  );
}

/** What must be true of a sequence of a round besides. */
export function checkFinally(sequence: Answer['body']): void {
  expect(sequence.steps.filter(({ id }: { id: string }) => id === lastStep)).toMatchObject([{ id: lastStep }]);
}

interface EmulatedCall {
  readonly callbackUri: string;
  readonly state: string;
  readonly recordings: readonly { readonly hasEnded: boolean }[];
}

/** What must be true of ACS once all is over: nothing is up, nothing is recorded, nothing was done twice. */
export async function checkAcs({ control }: Emulator): Promise<void> {
  const { calls } = (await control.get('calls')) as { calls: EmulatedCall[] };
  expect(calls.filter(({ state }) => state !== 'disconnected')).toEqual([]);
  expect(calls.flatMap((one) => one.recordings).filter(({ hasEnded }) => !hasEnded)).toEqual([]);
  const dials = calls.map(({ callbackUri }) => callbackUri);
  expect(dials.filter((uri, index) => dials.indexOf(uri) !== index)).toEqual([]);
  const { entries } = (await control.get('log')) as { entries: { kind: string; event?: string; body?: unknown }[] };
  const sent = entries.flatMap(({ kind, event, body }) =>
    kind === 'event' ? [{ event, body: body as SentEvents }] : [],
  );
  const done = new Map<string, Set<string>>();
  for (const { event = '', body } of sent) {
    const [{ id, data }] = body;
    if (/Succeeded$|^CallConnected$/.test(event) && data.operationContext !== undefined) {
      const key = `${event} ${data.operationContext}`;
      done.set(key, (done.get(key) ?? new Set()).add(id));
    }
  }
  expect([...done].filter(([, ids]) => ids.size > 1)).toEqual([]);
}

type SentEvents = readonly [{ readonly id: string; readonly data: { readonly operationContext?: string } }];
