/** Things that are there to be acted upon: garbage that names no existing thing is refused at once. */

import { ANNA, APP_NUMBER, type Stage } from '../stage.ts';

const NOWHERE = 'ws://127.0.0.1:1/';

/** Ids by the name of a parameter of a path, and by the `@name` in a body. */
export type Live = Readonly<Record<string, string>>;

/** A call that Anna has answered, a call that rings, a room, an identity, an invitation, a recording and its file. */
export async function populate(stage: Stage): Promise<Live> {
  const post = async (target: string, body: unknown): Promise<Record<string, string>> => {
    const response = await stage.send('POST', target, body);
    return (await response.json()) as Record<string, string>;
  };
  const callbackUri = `${stage.app.url}/callbacks`;
  const phoneNumber = (value: string) => ({ phoneNumber: { value } });
  stage.app.arrivals.length = 0;
  await stage.emulator.control.put('numbers', { numbers: [] });
  await stage.emulator.control.put(`parties/${ANNA}`, { afterMs: 0 });
  const { callConnectionId = '' } = await post('/calling/callConnections', {
    targets: [phoneNumber(ANNA)],
    sourceCallerIdNumber: { value: APP_NUMBER },
    callbackUri,
    callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example/' },
    mediaStreamingOptions: { transportType: 'websocket', audioChannelType: 'mixed', transportUrl: NOWHERE },
    transcriptionOptions: { transportType: 'websocket', locale: 'en-US', transportUrl: NOWHERE },
  });
  await stage.app.next('CallConnected');
  await stage.emulator.control.post('incoming-calls', { from: ANNA, to: APP_NUMBER });
  const [room, { identity }, { invitationId = '' }, { recordingId = '' }, incoming, settings] = await Promise.all([
    post('/rooms', {}),
    post('/identities', {}) as Promise<{ identity?: { id: string } }>,
    post(`/calling/callConnections/${callConnectionId}/participants:add`, {
      participantToAdd: phoneNumber('+14255550133'),
      sourceCallerIdNumber: { value: APP_NUMBER },
    }),
    post('/calling/recordings', { callConnectionId }),
    stage.app.next('IncomingCall'),
    stage.emulator.control.get(`calls/${callConnectionId}`) as Promise<{ serverCallId: string }>,
  ]);
  return {
    app: stage.app.url,
    call: callConnectionId,
    callConnectionId,
    server: settings.serverCallId,
    context: incoming.event.data.incomingCallContext,
    room: room.id ?? '',
    roomId: room.id ?? '',
    invitation: invitationId,
    recordingId,
    id: identity?.id ?? '',
    rawId: `4:${ANNA}`,
    participantRawId: `4:${ANNA}`,
  };
}

/** The document id of a file that a recording has left. */
export async function recordedFile(stage: Stage, { recordingId }: Live): Promise<string> {
  await stage.send('DELETE', `/calling/recordings/${recordingId}`);
  const { event } = await stage.app.next('RecordingFileStatusUpdated');
  const { recordingChunks } = event.data.recordingStorageInfo as { recordingChunks: { documentId: string }[] };
  return recordingChunks[0]?.documentId ?? '';
}

/** Puts the ids in the place of their `@name`. */
export function withIds(json: string, live: Live): string {
  return json.replace(/@(\w+)/g, (whole, name: string) => live[name] ?? whole);
}
