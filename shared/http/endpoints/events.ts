/** The log of events over all calls: what a subscriber reads after an outage of its own. */
import * as z from 'zod';
import { AppError, invalidInput } from '../../errors.ts';
import type { EventLog } from '../../storage/event-log.ts';
import { cloudEventSchema } from '../../webhooks/cloud-event.ts';
import { nameOf } from '../../webhooks/event-types.ts';
import { time } from '../call-search.ts';
import { defineList } from '../list-endpoint.ts';
import { fillPage } from '../page.ts';

export const listEvents = defineList({
  name: 'listEvents',
  summary: 'Events of all calls in the order in which they were logged, as webhooks get them',
  path: 'events',
  filters: {
    type: z.string().optional().meta({ description: 'One type, by its short name or in full' }),
    after: z.string().optional().meta({ description: 'Id of an event, or a time: only what was logged later' }),
  },
  items: cloudEventSchema,
  errors: ['eventLogOff'],
  roles: ['Calls.Read'],

  async handle({ webhooks: { eventLog } }, { filters: { type, after }, limit, position }) {
    if (eventLog === undefined) {
      throw new AppError('eventLogOff', 'Events are not logged: EVENT_LOG_DAYS is 0.');
    }
    const start = position ?? (await startOf(eventLog, after));
    return fillPage(
      (rows, from) => eventLog.page(start, rows, from),
      async (event) => (type === undefined || nameOf(event.type) === nameOf(type) ? event : undefined),
      limit,
      position,
    );
  },
});

/** The position after which a list starts. Throws the 422 of an event that is not in the log. */
async function startOf(eventLog: EventLog, after: string | undefined): Promise<string> {
  const { success, data } = time.optional().safeParse(after);
  const start = success ? eventLog.positionAt(data) : await eventLog.positionOf(String(after));
  if (start === undefined) {
    throw invalidInput([{ path: 'after', message: 'expected a time, or the id of an event that is in the log' }]);
  }
  return start;
}
