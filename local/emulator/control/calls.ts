/** /emulator/calls: the truth about calls, and acting as somebody in them. */

import * as z from 'zod';
import { leave } from '../calls/call-end.ts';
import type { Connection } from '../calls/connection.ts';
import { DEFAULT_CONFIDENCE, press as pressAs, say as sayAs } from '../calls/input.ts';
import { hungUpBy } from '../calls/result-information.ts';
import type { Participant } from '../calls/server-call.ts';
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
  run: ({ resource }) => ({ calls: resource.calls.connections().map(describe) }),
});

const getCall = defineEndpoint({
  method: 'GET',
  path: '/calls/{callConnectionId}',
  run: ({ resource, path }) => describe(connectionOf(resource, path.callConnectionId)),
});

const hangUp = defineEndpoint({
  method: 'POST',
  path: '/calls/{callConnectionId}/participants/{+rawId}/hang-up',
  run({ resource, path }) {
    const participant = participantOf(resource, path);
    leave(resource, participant, hungUpBy(participant.identifier));
  },
});

const pressKeys = defineEndpoint({
  method: 'POST',
  path: '/calls/{callConnectionId}/participants/{+rawId}/press',
  body: z.strictObject({ tones: press }),
  run: ({ resource, path, body }) => pressAs(participantOf(resource, path), body.tones),
});

const sayWords = defineEndpoint({
  method: 'POST',
  path: '/calls/{callConnectionId}/participants/{+rawId}/say',
  body: z.strictObject({ text: say, confidence: z.number().min(0).max(1).default(DEFAULT_CONFIDENCE) }),
  run: ({ resource, path, body }) => sayAs(participantOf(resource, path), body),
});

export const calls = [listCalls, getCall, hangUp, pressKeys, sayWords];

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

function describe(connection: Connection) {
  const { callConnectionId, correlationId, call, terms, state, subscriptions } = connection;
  return {
    callConnectionId,
    serverCallId: call.serverCallId,
    correlationId,
    callbackUri: terms.callbackUri,
    operationContext: terms.operationContext,
    state,
    targets: terms.targets.map(publicId),
    participants: [...call.participants.values()].map(describeParticipant),
    recordings: call.recordings.map(describeRecording),
    ringing: [...call.ringings].map(describeRinging),
    mediaQueue: describeMedia(connection),
    streams: describeTraffic(subscriptions),
    ...(call.setting !== 'direct' && { [call.setting]: call.settingId }),
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
