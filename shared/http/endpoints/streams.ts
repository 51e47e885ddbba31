/** Streams of Server-Sent Events: a call with its timeline, and the calls that are live. */
import * as z from 'zod';
import type { Invocation } from '../../app.ts';
import { callSchema, hasEnded, isOver } from '../../calls/call.ts';
import { revisionOf, revisionsPerQuery } from '../../calls/revision.ts';
import { timelineEntrySchema } from '../../calls/timeline.ts';
import type { FieldError } from '../../errors.ts';
import { maxLiveCalls } from '../../ledger/reads/call-feeds.ts';
import { findCall } from '../../ledger/reads/live.ts';
import type { Stored } from '../../storage/calls.ts';
import { defineEndpoint } from '../endpoint.ts';
import { eventStream, type StreamEvent } from '../event-stream.ts';
import type { View } from '../masking/view.ts';
import type { FileBody, Reply } from '../reply.ts';
import {
  afterRevision,
  entryEvents,
  hasEverything,
  type LivePosition,
  liveEvents,
  livePositionOf,
  type StoryPosition,
  storyEvents,
  storyPositionOf,
  storyStart,
} from '../stream-position.ts';

const success = {
  status: 200,
  id: 'EventStream',
  description:
    'Events `call` (a Call) and `timeline` (a TimelineEntry) as `text/event-stream`, with a heartbeat. It ends by itself; a ' +
    'client reconnects with the id of its last event',
  schema: z.custom<FileBody | undefined>().meta({ type: 'string' }),
  contentTypes: ['text/event-stream'],
} as const;

const lastEventId = {
  'Last-Event-ID': z.string().meta({ description: 'The id of the last event received: the stream resumes after it' }),
};

/** The id that a request resumes after; empty without one. */
const lastIdIn = (headers: Headers): string => headers.get('last-event-id') ?? '';

/** Refuses an id that the stream never gave. */
function idErrors(headers: Headers, positionOf: (id: string) => unknown): FieldError[] {
  const isWrong = headers.has('last-event-id') && positionOf(lastIdIn(headers)) === undefined;
  return isWrong ? [{ path: 'Last-Event-ID', message: 'expected the id of an event of this stream' }] : [];
}

type Batches = (signal: AbortSignal) => AsyncGenerator<readonly StreamEvent[]>;

const leftOut = 'More calls are live than the stream follows. GET /calls lists all.';
const incompleteSchema = z.object({ maxCalls: z.int(), details: z.literal(leftOut) });

const eventSchemas: Readonly<Record<string, z.ZodType>> = {
  call: callSchema,
  timeline: timelineEntrySchema,
  incomplete: incompleteSchema,
};

function streamed(app: Invocation, view: View, batches: Batches, isAtEnd: () => boolean): Reply<FileBody> {
  view.expectPeople();
  const show = (data: unknown, event: string) => view.show(data, eventSchemas[event]);
  const body = eventStream({ batches, show, isOver: isAtEnd }, app.streams, app.clientLeft);
  return { body: app.paced(body), headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } };
}

export const followCall = defineEndpoint({
  name: 'followCall',
  summary: 'A call and its timeline as they change, as Server-Sent Events',
  method: 'GET',
  path: 'calls/{callId}/stream',
  headers: lastEventId,
  success: [
    success,
    { status: 204, description: 'The call is over and the client has everything: it need not reconnect' },
  ],
  errors: ['callNotFound'],
  roles: ['Calls.Read'],

  find: ({ ledger }, { callId }) => findCall(ledger, callId),

  check: (_app, { headers }) => idErrors(headers, storyPositionOf),

  async handle(app, { path: { callId }, resource, received: { headers }, view }): Promise<Reply<FileBody | undefined>> {
    const start = storyPositionOf(lastIdIn(headers)) ?? storyStart;
    let current = resource;
    if (isOver(resource) && hasEverything(resource, start)) {
      return { status: 204, body: undefined };
    }
    async function* batches(signal: AbortSignal) {
      let position: StoryPosition = start;
      for await (const story of app.feeds.stories.follow(callId, signal)) {
        current = story.stored.record;
        while (position.revision < story.from && !signal.aborted) {
          const upTo = Math.min(position.revision + revisionsPerQuery - 1, story.from);
          const earlier = await app.ledger.calls.readEntries(callId, position.revision - 1, upTo);
          yield entryEvents(earlier, position);
          position = afterRevision(upTo);
        }
        const missing = storyEvents(story, position);
        position = missing.position;
        yield missing.events;
      }
    }
    return streamed(app, view, batches, () => isOver(current));
  },
});

/** The key under which the one feed of live calls is followed. */
const everyCall = 'live';

// Azure tries functions in order of their names: before getCall, whose parameter would match the path.
export const followCalls = defineEndpoint({
  name: 'followCalls',
  summary: 'The live calls as they change, each for the last time when it has ended, as Server-Sent Events',
  method: 'GET',
  path: 'calls/stream',
  headers: lastEventId,
  success,
  roles: ['Calls.Read'],

  // Where storage is unavailable the response is a 503 and not a stream without events.
  find: ({ ledger }) => ledger.index.listOpen(1, undefined),

  check: (_app, { headers }) => idErrors(headers, livePositionOf),

  async handle(app, { received: { headers }, view }): Promise<Reply<FileBody | undefined>> {
    const resumed = livePositionOf(lastIdIn(headers));
    return streamed(
      app,
      view,
      (signal) => liveBatches(app, resumed, signal),
      () => false,
    );
  },
});

/** Sent whenever calls are left out from then on. It has no id: a client resumes after the event of a call. */
const incomplete: StreamEvent = {
  event: 'incomplete',
  data: { maxCalls: maxLiveCalls, details: leftOut },
};

async function* liveBatches(
  { feeds, ledger }: Invocation,
  resumed: LivePosition | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly StreamEvent[]> {
  let position = resumed;
  let isComplete = true;
  for await (const { calls, hasMore } of feeds.live.follow(everyCall, signal)) {
    // At the start calls that have just ended are left out; they are listed as open for up to a minute.
    const known: LivePosition = position ?? revisionsOf(calls.filter(({ record }) => hasEnded(record)));
    const listed = new Set(calls.map(({ record }) => record.callId));
    const left = [...known.keys()].filter((callId) => !listed.has(callId));
    const last = await Promise.all(left.map((callId) => ledger.calls.readCall(callId)));
    const missing = liveEvents([...calls, ...last.filter((one) => one !== undefined)], known);
    position = new Map([...missing.position].filter(([callId]) => listed.has(callId)));
    yield [...missing.events, ...(hasMore && isComplete ? [incomplete] : [])];
    isComplete = !hasMore;
  }
}

function revisionsOf(calls: readonly Stored[]): LivePosition {
  return new Map(calls.map(({ record }) => [record.callId, revisionOf(record)]));
}
