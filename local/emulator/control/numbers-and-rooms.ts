/**
 * /emulator/numbers, /emulator/rooms and /emulator/groups: owned numbers, and rooms and group calls with people in
 * them.
 */

import * as z from 'zod';
import { joinableCall } from '../calls/joinable-call.ts';
import type { ServerCall } from '../calls/model.ts';
import { join } from '../calls/participant.ts';
import { publishParticipants } from '../calls/participant-list.ts';
import { type Identifier, isPhone } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { describeRoom, newRoom } from '../rooms/room.ts';
import { defineEndpoint } from './endpoint.ts';
import { notFound } from './not-found.ts';
import { partyId } from './party-id.ts';

const putNumbers = defineEndpoint({
  method: 'PUT',
  path: '/numbers',
  body: z.strictObject({ numbers: z.array(partyId.refine(isPhone, 'must be a phone number in E.164 form')) }),
  run({ resource, body: { numbers } }) {
    resource.numbers = new Set(numbers.map(({ rawId }) => rawId));
    return { numbers: numbers.map(({ phoneNumber }) => phoneNumber?.value) };
  },
});

const putRoom = defineEndpoint({
  method: 'PUT',
  path: '/rooms/{roomId}',
  body: z.strictObject({ pstnDialOutEnabled: z.boolean().default(false) }),
  run({ resource, path: { roomId = '' }, body }) {
    const room = resource.rooms.get(roomId) ?? newRoom(resource.random, resource.clock, roomId);
    room.pstnDialOutEnabled = body.pstnDialOutEnabled;
    resource.rooms.set(roomId, room);
    return describeRoom(room);
  },
});

const joinBody = z.strictObject({ party: partyId });

const joinRoom = defineEndpoint({
  method: 'POST',
  path: '/rooms/{roomId}/join',
  body: joinBody,
  run({ resource, path: { roomId = '' }, body }) {
    if (!resource.rooms.has(roomId)) {
      throw notFound(`room ${roomId}; PUT it first`);
    }
    return joinCall(resource, joinableCall(resource, 'room', roomId), body.party);
  },
});

const joinGroup = defineEndpoint({
  method: 'POST',
  path: '/groups/{groupId}/join',
  body: joinBody,
  run: ({ resource, path, body }) =>
    joinCall(resource, joinableCall(resource, 'group', path.groupId ?? ''), body.party),
});

export const numbersAndRooms = [putNumbers, putRoom, joinRoom, joinGroup];

function joinCall(
  resource: Resource,
  call: ServerCall,
  party: Identifier,
): { correlationId: string; serverCallId: string } {
  join(resource, call, party);
  publishParticipants(resource, call);
  const { correlationId, serverCallId } = call;
  return { correlationId, serverCallId };
}
