/** What takes several operations, under one fault: a sequence, and the archive of a recording. */
import { createHash, randomUUID } from 'node:crypto';
import { operations } from '../../../shared/operations/index.ts';
import type { Operation } from '../../../shared/operations/operation.ts';
import type { Api } from '../../support/api.ts';
import { callerId, connectedCall } from '../../support/calls.ts';
import type { Choices } from '../sequences/rounds.ts';
import { askFrom, hangUp, type Played, playCell, prepared, timeoutMs, until } from './cell.ts';
import { type FaultName, faults, type Target } from './faults.ts';
import type { Finding } from './judge.ts';
import type { AcsRecord } from './record.ts';
import type { Stage } from './stage.ts';

/** A row of the table. */
export interface Subject {
  readonly name: string;
  play(stage: Stage, record: AcsRecord, fault: FaultName, choices: Choices): Promise<Played>;
}

let people = 0;
const nextNumber = () => {
  people += 1;
  return `+1425${String(2_000_000 + people)}`;
};

const onRecording = { recordingId: '$steps.record.result.recordingId' };

const sequence: Subject = {
  name: 'a sequence',
  async play(stage, record, fault, choices) {
    const [, api] = stage.apis;
    const person = nextNumber();
    const key = randomUUID();
    const ids = [key, person];
    const injected = faults[fault](stage, { key, ids }, choices);
    const body = {
      steps: [
        { id: 'call', do: 'createCall', with: { targets: [person], callerId } },
        { id: 'record', do: 'startRecording' },
        { id: 'pause', do: 'pauseRecording', with: onRecording, onFailure: 'continue' },
        { id: 'resume', do: 'resumeRecording', with: onRecording, onFailure: 'continue' },
        { id: 'stop', do: 'stopRecording', with: onRecording },
      ],
      finally: [{ id: 'leave', do: 'hangUp', with: { forEveryone: true } }],
    };
    const answers = await askFrom(stage, fault, choices, { method: 'POST', path: 'sequences', body }, key);
    const { sequenceId } = answers[0]?.body ?? {};
    const read = async () => {
      const { status, body } = await api('GET', `sequences/${sequenceId}`);
      return status === 200 ? body : {};
    };
    const isOver = await until(async () => {
      const { status, callId } = await read();
      if (callId !== undefined && !ids.includes(callId)) {
        ids.push(callId);
      }
      return status !== undefined && status !== 'running';
    }, timeoutMs);
    injected.end();
    const shown = await read();
    await record.collect();
    const connections = shown.callId === undefined ? [] : record.connectionsOf(shown.callId);
    const found: Finding[] = [
      ...wrong('lost', 'no answer', answers.includes(undefined)),
      ...wrong('doubled', 'two sequences', new Set(answers.map((answer) => answer?.body.sequenceId)).size > 1),
      ...wrong('orphaned', 'it does not end', !isOver),
      ...wrong('doubled', `${connections.length} calls`, connections.length > 1),
      ...wrong('orphaned', 'its recording goes on', shown.callId !== undefined && record.isRecording(shown.callId)),
      ...wrong(
        'orphaned',
        'its call goes on',
        connections.some(({ state }) => state !== 'disconnected'),
      ),
      ...wrong('misreported', 'it succeeded without a call', shown.status === 'succeeded' && connections.length === 0),
    ].map(({ verdict, what }) => ({ verdict, what: `sequence ${sequenceId}: ${what}: ${JSON.stringify(shown)}` }));
    return { struck: injected.struck(), found };
  },
};

async function aRecording(api: Api): Promise<{ readonly callId: string; readonly recordingId: string }> {
  const callId = await connectedCall(api);
  const { body } = await api('POST', `calls/${callId}/recordings`, {}, { prefer: 'wait=20' });
  return { callId, recordingId: body.result.recordingId };
}

const archive: Subject = {
  name: 'an archive',
  async play(stage, record, fault, choices) {
    const [, api] = stage.apis;
    const { callId, recordingId } = await prepared(() => aRecording(api));
    const key = randomUUID();
    const target: Target = { key, ids: [callId, recordingId] };
    const injected = faults[fault](stage, target, choices);
    const stop = { method: 'POST', path: `recordings/${recordingId}/stop` } as const;
    const answers = await askFrom(stage, fault, choices, stop, key);
    if (answers.every((answer) => answer?.body.code === 'acsRefused')) {
      injected.end();
      await api(stop.method, stop.path);
    }
    const isArchived = await until(
      async () => (await api('GET', `recordings/${recordingId}`)).body.status === 'archived',
      timeoutMs,
    );
    injected.end();
    const { body } = await api('GET', `recordings/${recordingId}`);
    const found = [
      ...wrong('lost', 'it is not archived', !isArchived),
      ...wrong('doubled', `${body.files.length} files`, body.files.length > 1),
      ...(isArchived ? await contentFindings(stage, recordingId, body.files[0]?.sha256) : []),
      ...(await hangUp(stage, record, [callId])),
    ];
    return {
      struck: injected.struck(),
      found: found.map(({ verdict, what }) => ({
        verdict,
        what: `recording ${recordingId}: ${what}: ${JSON.stringify(body)}`,
      })),
    };
  },
};

async function contentFindings({ urls }: Stage, recordingId: string, sha256: unknown): Promise<Finding[]> {
  const response = await fetch(`${urls[1]}/api/recordings/${recordingId}/content`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const isSame = response.ok && createHash('sha256').update(bytes).digest('hex') === sha256;
  return wrong('misreported', `its content is not what its resource says (${response.status})`, !isSame);
}

const wrong = (verdict: Finding['verdict'], what: string, isSo: boolean): Finding[] =>
  isSo ? [{ verdict, what }] : [];

/** The rows of the table. */
export const subjects: readonly Subject[] = [
  ...(operations as readonly Operation[]).map((operation) => ({
    name: operation.name,
    play: (stage: Stage, record: AcsRecord, fault: FaultName, choices: Choices) =>
      playCell(stage, record, operation, fault, choices),
  })),
  sequence,
  archive,
];
