/** Rooms: their participants, their validity, and whether PSTN dial-out is enabled. */

import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';

export const ROLES = ['Presenter', 'Attendee', 'Consumer', 'Collaborator'] as const;

export interface Room {
  readonly id: string;
  readonly createdAt: string;
  validFrom: string;
  validUntil: string;
  pstnDialOutEnabled: boolean;
  /** Role by raw id. */
  readonly participants: Map<string, (typeof ROLES)[number]>;
}

/** CommunicationRoom, as the Rooms API answers it. */
export const communicationRoom = z.strictObject({
  id: z.string(),
  createdAt: z.iso.datetime(),
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  pstnDialOutEnabled: z.boolean(),
});

const VALID_FOR_MS = 180 * 24 * 3600 * 1000;

/** A room that is valid for 180 days from now, ACS's default. Its id has 17 digits. */
export function newRoom(random: Random, clock: Clock, id = `99${random.digits(15)}`): Room {
  const now = clock.now();
  const createdAt = new Date(now).toISOString();
  const validUntil = new Date(now + VALID_FOR_MS).toISOString();
  return { id, createdAt, validFrom: createdAt, validUntil, pstnDialOutEnabled: false, participants: new Map() };
}

/** The room without its participants, which have a route of their own. */
export function describeRoom({ participants: _, ...room }: Room): z.input<typeof communicationRoom> {
  return room;
}
