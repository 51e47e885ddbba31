/** /emulator/calls: the full state of calls, and acting as their participants. */

import * as z from 'zod';
import { leave } from '../calls/call-end.ts';
import { DEFAULT_CONFIDENCE, pressKeys, speak } from '../calls/input.ts';
import type { Connection, Participant } from '../calls/model.ts';
import { hungUpBy } from '../calls/result-information.ts';
import { press, publicId, say } from '../parties/party.ts';
import { type Recording, stateOf } from '../recordings/recording.ts';
import type { Resource } from '../resource.ts';
import { describeTraffic } from '../streaming/subscription.ts';
import { defineEndpoint } from './endpoint.ts';
import { describeMedia } from './media-queue.ts';
import { notFound } from './not-found.ts';
import { partyInPath } from './party-id.ts';
import { describeRinging } from './ringing-phones.ts';

const listCalls = defineEndpoint({
  method: 'GET',
  path: '/calls',
  run: ({ resource }) => ({ calls: resource.calls.connections().map((each) => describe(resource, each)) }),
});

const getCall = defineEndpoint({
  method: 'GET',
  path: '/calls/{callConnectionId}',
  run: ({ resource, path }) => describe(resource, connectionOf(resource, path.callConnectionId)),
});

const hangUp = defineEndpoint({
  method: 'POST',
  path: '/calls/{callConnectionId}/participants/{+rawId}/hang-up',
  run({ resource, path }) {
    const participant = participantOf(resource, path);
    leave(resource, participant, hungUpBy(participant));
  },
});

const postPress = defineEndpoint({
  method: 'POST',
  path: '/calls/{callConnectionId}/participants/{+rawId}/press',
  body: z.strictObject({ tones: press }),
  run: ({ resource, path, body }) => pressKeys(participantOf(resource, path), body.tones),
});

const postSay = defineEndpoint({
  method: 'POST',
  path: '/calls/{callConnectionId}/participants/{+rawId}/say',
  body: z.strictObject({ text: say, confidence: z.number().min(0).max(1).default(DEFAULT_CONFIDENCE) }),
  run: ({ resource, path, body }) => speak(participantOf(resource, path), body),
});

export const calls = [listCalls, getCall, hangUp, postPress, postSay];

function participantOf(resource: Resource, path: Readonly<Record<string, string>>): Participant {
  const { call } = connectionOf(resource, path.callConnectionId);
  const participant = call.participants.get(partyInPath(path.rawId).rawId);
  if (participant === undefined) {
    throw notFound(`participant ${path.rawId} in the call`);
  }
  return participant;
}

function connectionOf(resource: Resource, callConnectionId = ''): Connection {
  const connection = resource.calls.connection(callConnectionId);
  if (connection === undefined) {
    throw notFound(`call ${callConnectionId}`);
  }
  return connection;
}

function describe(resource: Resource, connection: Connection) {
  const { callConnectionId, correlationId, call, terms, state } = connection;
  return {
    callConnectionId,
    serverCallId: call.serverCallId,
    correlationId,
    callbackUri: terms.callbackUri,
    operationContext: terms.operationContext,
    state,
    targets: terms.targets.map(publicId),
    participants: call.participants.values().map(describeParticipant),
    recordings: resource.recordings.of(call).map(describeRecording),
    ringing: [...call.ringing].map(describeRinging),
    mediaQueue: describeMedia(resource.media.of(connection)),
    streams: describeTraffic(resource.streams.of(connection)),
    ...(call.kind !== 'direct' && { [call.kind]: call.joinId }),
  };
}

function describeParticipant({ identifier, leg, isMuted, isOnHold }: Participant) {
  return {
    id: publicId(identifier),
    rawId: identifier.rawId,
    isApplication: leg !== undefined,
    isMuted,
    isOnHold,
  };
}

function describeRecording(recording: Recording) {
  const { recordingId, terms, timeline } = recording;
  const { content, channel, format } = terms;
  return {
    recordingId,
    state: stateOf(recording),
    hasEnded: timeline.endedAtMs !== undefined,
    content,
    channel,
    format,
  };
}
