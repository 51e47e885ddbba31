/** The Rooms API, as far as room calls need it. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import { anyCase } from '../http/body-fields.ts';
import { defineOperation } from '../operations/operation.ts';
import type { Resource } from '../resource.ts';
import { communicationRoom, describeRoom, newRoom, ROLES, type Room } from './room.ts';

const moment = z.iso.datetime({ offset: true }).transform((written) => new Date(written).toISOString());
/** A merge patch by raw id: null removes, anything else adds or changes. */
const participants = z.record(z.string().min(1), z.object({ role: anyCase(ROLES).optional() }).nullable());

const roomRequest = z.object({
  validFrom: moment.optional(),
  validUntil: moment.optional(),
  pstnDialOutEnabled: z.boolean().optional(),
  participants: participants.optional(),
});

/** Service limit. */
const MAX_PARTICIPANTS = 350;

function roomOf(resource: Resource, id = ''): Room {
  const room = resource.rooms.get(id);
  if (room === undefined) {
    throw new AcsError(404, 'NotFound', 'The room does not exist.');
  }
  return room;
}

function invite(room: Room, patch: z.output<typeof participants> = {}): void {
  const added = Object.entries(patch).filter(([rawId, entry]) => entry !== null && !room.participants.has(rawId));
  if (room.participants.size + added.length > MAX_PARTICIPANTS) {
    throw new AcsError(400, 'BadRequest', `A room may have ${MAX_PARTICIPANTS} participants at most.`);
  }
  for (const [rawId, entry] of Object.entries(patch)) {
    if (entry === null) {
      room.participants.delete(rawId);
    } else {
      room.participants.set(rawId, entry.role ?? 'Attendee');
    }
  }
}

function update(room: Room, { validFrom, validUntil, pstnDialOutEnabled }: z.output<typeof roomRequest>): void {
  room.validFrom = validFrom ?? room.validFrom;
  room.validUntil = validUntil ?? room.validUntil;
  room.pstnDialOutEnabled = pstnDialOutEnabled ?? room.pstnDialOutEnabled;
  if (room.validUntil <= room.validFrom) {
    throw new AcsError(400, 'BadRequest', 'validUntil must be after validFrom.');
  }
}

export const createRoom = defineOperation({
  name: 'createRoom',
  method: 'POST',
  path: '/rooms',
  status: 201,
  repeatable: 'silently',
  request: roomRequest.default({}),
  response: communicationRoom,
  run({ resource, body }) {
    const room = newRoom(resource.random, resource.clock);
    update(room, body);
    invite(room, body.participants);
    resource.rooms.set(room.id, room);
    return { body: describeRoom(room) };
  },
});

export const listRooms = defineOperation({
  name: 'listRooms',
  method: 'GET',
  path: '/rooms',
  status: 200,
  response: z.strictObject({ value: z.array(communicationRoom) }),
  run: ({ resource }) => ({ body: { value: [...resource.rooms.values()].map(describeRoom) } }),
});

export const getRoom = defineOperation({
  name: 'getRoom',
  method: 'GET',
  path: '/rooms/{roomId}',
  status: 200,
  response: communicationRoom,
  run: ({ resource, path }) => ({ body: describeRoom(roomOf(resource, path.roomId)) }),
});

export const updateRoom = defineOperation({
  name: 'updateRoom',
  method: 'PATCH',
  path: '/rooms/{roomId}',
  status: 200,
  request: roomRequest,
  response: communicationRoom,
  run({ resource, path, body }) {
    const room = roomOf(resource, path.roomId);
    update(room, body);
    return { body: describeRoom(room) };
  },
});

export const deleteRoom = defineOperation({
  name: 'deleteRoom',
  method: 'DELETE',
  path: '/rooms/{roomId}',
  status: 204,
  run({ resource, path }) {
    resource.rooms.delete(roomOf(resource, path.roomId).id);
    return {};
  },
});

export const listRoomParticipants = defineOperation({
  name: 'listRoomParticipants',
  method: 'GET',
  path: '/rooms/{roomId}/participants',
  status: 200,
  response: z.strictObject({ value: z.array(z.strictObject({ rawId: z.string(), role: z.enum(ROLES) })) }),
  run({ resource, path }) {
    const room = roomOf(resource, path.roomId);
    return { body: { value: [...room.participants].map(([rawId, role]) => ({ rawId, role })) } };
  },
});

export const updateRoomParticipants = defineOperation({
  name: 'updateRoomParticipants',
  method: 'PATCH',
  path: '/rooms/{roomId}/participants',
  status: 200,
  request: z.object({ participants }),
  isMergePatch: true,
  response: z.strictObject({}),
  run({ resource, path, body }) {
    invite(roomOf(resource, path.roomId), body.participants);
    return { body: {} };
  },
});
