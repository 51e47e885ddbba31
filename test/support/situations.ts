/** The situation that each operation's example needs, for the tests that loop over the table of operations. */
import { type Operation, pathParameters } from '../../shared/operations/operation.ts';
import { type Answer, type Api, eventually } from './api.ts';
import { callerId, connectedCall, guest, ringingCall } from './calls.ts';
import type { Switchboard } from './switchboard.ts';

/** What a situation is made with. */
type Board = Pick<Switchboard, 'api' | 'emulator' | 'socket'>;

/** Path parameters and body of a request; `wire` is the name of ACS's REST operation, by which faults match. */
export interface Situation {
  readonly wire: string;
  prepare(board: Board): Promise<{ readonly path?: Record<string, string>; readonly body?: Record<string, unknown> }>;
}

const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101';
const anotherUser = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000199';

/** An invitation that is not answered; its id. */
async function openInvitation({ api, emulator }: Board, callId: string, target: string): Promise<string> {
  await emulator.control.put(`parties/${encodeURIComponent(target)}`, { onRing: 'noAnswer' });
  const { body } = await api('POST', `calls/${callId}/participants`, { target, callerId });
  return body.result.invitationId;
}

/** A recording of a connected call, after these steps; its id. */
async function aRecording({ api }: Board, ...steps: readonly string[]): Promise<string> {
  const { body } = await api('POST', `calls/${await connectedCall(api)}/recordings`, {});
  const { recordingId } = body.result;
  for (const step of steps) {
    await api('POST', `recordings/${recordingId}/${step}`);
  }
  return recordingId;
}

const recorded = (wire: string, ...steps: readonly string[]): Situation => ({
  wire,
  prepare: async (board) => ({ path: { recordingId: await aRecording(board, ...steps) } }),
});

const inCall = (wire: string, targets?: readonly string[]): Situation => ({
  wire,
  prepare: async ({ api }) => ({ path: { callId: await connectedCall(api, targets) } }),
});

/** The participant of the examples. */
const callee = '+14255550123';

/** A call with the participant of the examples, after these requests were made and settled. */
const after = (wire: string, ...requests: readonly [path: string, body: object][]): Situation => ({
  wire,
  async prepare({ api }) {
    const callId = await connectedCall(api, [callee]);
    await inTurn(api, callId, requests);
    return { path: { callId } };
  },
});

/** A call that may stream and transcribe, after these requests were made and settled. */
const streaming = (wire: string, ...requests: readonly [path: string, body: object][]): Situation => ({
  wire,
  async prepare({ api, socket }) {
    const transportUrl = socket.url;
    const callId = await connectedCall(api, [callee], {
      mediaStreaming: { transportUrl },
      transcription: { transportUrl, locale: 'en-US' },
    });
    await inTurn(api, callId, requests);
    return { path: { callId } };
  },
});

async function inTurn(api: Api, callId: string, requests: readonly [path: string, body: object][]): Promise<void> {
  for (const [path, body] of requests) {
    await api('POST', `calls/${callId}/media/${path}`, body, { prefer: 'wait=20' });
  }
}

const ringing = (wire: string): Situation => ({
  wire,
  prepare: async (board) => ({ path: { incomingCallId: await ringingCall(board) } }),
});

const media: Readonly<Record<string, Situation>> = {
  play: after('play'),
  recognize: {
    wire: 'recognize',
    async prepare({ api, emulator }) {
      const then = [{ onListening: { press: '12#' } }];
      await emulator.control.put(`parties/${encodeURIComponent(callee)}`, { then });
      const callId = await connectedCall(api, [callee]);
      await emulator.control.delete(`parties/${encodeURIComponent(callee)}`);
      return { path: { callId } };
    },
  },
  cancelAllMediaOperations: after('cancelAllMediaOperations'),
  sendDtmfTones: after('sendDtmfTones'),
  startContinuousDtmfRecognition: after('startContinuousDtmfRecognition'),
  stopContinuousDtmfRecognition: after('stopContinuousDtmfRecognition', [
    'continuous-dtmf/start',
    { participant: callee },
  ]),
  hold: after('hold'),
  unhold: after('unhold', ['hold', { participant: callee }]),
  startMediaStreaming: streaming('startMediaStreaming'),
  stopMediaStreaming: streaming('stopMediaStreaming', ['streaming/start', {}]),
  startTranscription: streaming('startTranscription'),
  updateTranscription: streaming('updateTranscription', ['transcription/start', {}]),
  stopTranscription: streaming('stopTranscription', ['transcription/start', {}]),
};

export const situations: Readonly<Record<string, Situation>> = {
  createCall: { wire: 'createCall', prepare: async () => ({}) },
  connectCall: { wire: 'connect', prepare: async () => ({}) },
  answerCall: ringing('answerCall'),
  rejectCall: ringing('rejectCall'),
  redirectCall: {
    wire: 'redirectCall',
    async prepare(board) {
      await board.emulator.control.put(`parties/${encodeURIComponent(user)}`, { onRing: 'answer' });
      return { path: { incomingCallId: await ringingCall(board) }, body: { target: user } };
    },
  },
  hangUp: inCall('terminateCall'),
  transferCall: inCall('transferToParticipant'),
  addParticipant: inCall('addParticipant'),
  removeParticipant: inCall('removeParticipant', ['+14255550123', anotherUser]),
  muteParticipant: inCall('mute', [user, guest]),
  cancelAddParticipant: {
    wire: 'cancelAddParticipant',
    async prepare(board) {
      const callId = await connectedCall(board.api);
      return { path: { callId }, body: { invitationId: await openInvitation(board, callId, '+14255550178') } };
    },
  },
  startRecording: inCall('startRecording'),
  pauseRecording: recorded('pauseRecording'),
  resumeRecording: recorded('resumeRecording', 'pause'),
  stopRecording: recorded('stopRecording'),
  deleteRecording: {
    wire: 'deleteRecording',
    async prepare(board) {
      const recordingId = await aRecording(board, 'stop');
      await eventually(
        () => board.api('GET', `recordings/${recordingId}`),
        ({ body }) => body.status === 'archived',
      );
      return { path: { recordingId } };
    },
  },
  moveParticipants: {
    wire: 'moveParticipants',
    async prepare({ api }) {
      const fromCallId = await connectedCall(api, ['+14255550123', anotherUser]);
      return { path: { callId: await connectedCall(api) }, body: { fromCallId } };
    },
  },
  ...media,
};

/** A request of the API, and the values that its path and body were made of. */
export interface PreparedRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The request of the operation's example, once its situation is there. */
export async function prepareRequest(
  board: Board,
  operation: Operation,
  more: Readonly<Record<string, unknown>> = {},
): Promise<PreparedRequest> {
  const situation = situations[operation.name];
  if (!situation) {
    throw new Error(`no situation for ${operation.name}: add one to situations.ts`);
  }
  const { path: inSituation = {}, body = {} } = await situation.prepare(board);
  const values: Record<string, unknown> = { ...operation.example, ...body, ...more, ...inSituation };
  const inPath = pathParameters(operation.path);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values[name])));
  const fields = Object.fromEntries(Object.entries(values).filter(([name]) => !inPath.includes(name)));
  const hasBody = operation.method !== 'DELETE' || Object.keys(fields).length > 0;
  return { method: operation.method, path, ...(hasBody && { body: fields }), values };
}

/** The same as a function, which can be called more than once. */
export async function requestOf(
  board: Board,
  operation: Operation,
  more: Readonly<Record<string, unknown>> = {},
): Promise<(headers?: Record<string, string>) => Promise<Answer>> {
  const { method, path, body } = await prepareRequest(board, operation, more);
  return (headers) => board.api(method, path, body, headers);
}
