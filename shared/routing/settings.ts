/** The settings of who calls and who may be called. */
import * as z from 'zod';
import { wholeNumber } from '../setting.ts';

/** The settings by name. */
export const peopleShape = {
  INCOMING_DEFAULT_ACTION: z
    .enum(['leave', 'answer', 'reject'])
    .default('leave')
    .meta({ description: 'Action for incoming calls that no routing rule matches: `leave`, `answer` or `reject`' }),
  EVENT_GRID_CALL_EVENTS: z
    .enum(['true', 'false'])
    .default('false')
    .meta({
      description:
        '`true` where Event Grid delivers CallStarted, CallEnded, CallParticipantAdded and CallParticipantRemoved: each ' +
        'call is then indexed by the ids that ACS has of it, for one more storage transaction',
    }),
  RING_WINDOW_SECONDS: wholeNumber(1, 300)
    .default(30)
    .meta({ description: 'How long an incoming call can be answered; afterwards it is stale' }),
  ALLOW_TEAMS_INTEROP: z
    .enum(['true', 'false'])
    .default('false')
    .meta({
      description:
        '`true` sends Teams users and apps, and kinds of participants that are unknown here, to ACS, which documents that it ' +
        'does not support them',
    }),
};
