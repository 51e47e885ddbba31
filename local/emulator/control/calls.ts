/** /emulator/calls: the truth about calls, and acting as somebody in them. */

import type { Connection } from '../calls/connection.ts';
import { leave } from '../calls/ending.ts';
import { hungUpBy } from '../calls/result-information.ts';
import { publicId } from '../parties/party.ts';
import { type Recording, stateOf } from '../recordings/recording.ts';
import type { Resource } from '../resource.ts';
import { defineEndpoint } from './endpoint.ts';
import { notFound } from './not-found.ts';
import { partyInPath } from './party-id.ts';
import { describeRinging } from './ringing.ts';

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
    const { call } = connectionOf(resource, path.callConnectionId);
    const { rawId } = partyInPath(path.rawId);
    const participant = call.participants.get(rawId);
    if (participant === undefined) {
      throw notFound(`participant ${path.rawId} in the call`);
    }
    leave(resource, participant, hungUpBy(participant.identifier));
  },
});

export const calls = [listCalls, getCall, hangUp];

function connectionOf(resource: Resource, callConnectionId = ''): Connection {
  const connection = resource.calls.connection(callConnectionId);
  if (connection === undefined) {
    throw notFound(`call ${callConnectionId}`);
  }
  return connection;
}

function describe({ callConnectionId, correlationId, call, terms, state }: Connection) {
  return {
    callConnectionId,
    serverCallId: call.serverCallId,
    correlationId,
    callbackUri: terms.callbackUri,
    operationContext: terms.operationContext,
    state,
    targets: terms.targets.map(publicId),
    participants: [...call.participants.values()].map(({ identifier, isMuted, isOnHold }) => {
      return { id: publicId(identifier), rawId: identifier.rawId, isMuted, isOnHold };
    }),
    recordings: call.recordings.map(describeRecording),
    ringing: [...call.ringings].map(describeRinging),
    ...(call.setting !== 'direct' && { [call.setting]: call.settingId }),
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
