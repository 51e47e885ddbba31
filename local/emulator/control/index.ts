/** The table of the control API. */

import { calls } from './calls.ts';
import { clock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import { eventGrid } from './event-grid.ts';
import { faults } from './faults.ts';
import { incomingCalls } from './incoming-calls.ts';
import { numbersAndRooms } from './numbers-and-rooms.ts';
import { parties } from './parties.ts';
import { ringing } from './ringing-phones.ts';
import { system } from './system.ts';
import { voices } from './voices.ts';

export const endpoints: readonly Endpoint[] = [
  ...parties,
  ...incomingCalls,
  ...eventGrid,
  ...ringing,
  ...calls,
  ...numbersAndRooms,
  ...voices,
  ...faults,
  ...clock,
  ...system,
];
