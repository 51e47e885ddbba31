/**
 * The streams of a call, its audio and its transcription: their status as ACS reports it, and when one that failed is to be
 * started again. Pure.
 */
import * as z from 'zod';
import { acsCodes } from './acs-codes.ts';
import type { CallEvent } from './event.ts';

export const streamNames = ['mediaStreaming', 'transcription'] as const;

export type StreamName = (typeof streamNames)[number];

/** A stream as the API shows it. */
export const streamSchema = z
  .object({
    status: z.enum(['active', 'stopped', 'failed']),
    transportUrl: z.string().optional().meta({ description: 'The host of the WebSocket' }),
    since: z.iso.datetime(),
    reason: z
      .string()
      .optional()
      .meta({ description: "ACS's details of a failure, such as `streamConnectionInterrupted`" }),
    ...acsCodes,
  })
  .meta({ id: 'Stream' });

export type Stream = Readonly<z.infer<typeof streamSchema>>;

const mostAttempts = 10;

/** How often a stream that fails is started again in a call, and the first pause before that. Each further pause doubles. */
export const restartSchema = z
  .strictObject({
    attempts: z.int().min(1).max(mostAttempts),
    backoffSeconds: z.int().min(1).max(60),
  })
  .meta({
    id: 'StreamRestart',
    description: 'How often the stream is started again when it fails, and the first pause, which then doubles',
  });

type RestartPolicy = Readonly<z.infer<typeof restartSchema>>;

/** The longest pause before a stream is started again (not documented: chosen here). */
const longestPauseSeconds = 300;

/** A stream as its call keeps it: what was asked for, and the event of ACS that came last. */
export interface StreamRecord {
  readonly transportUrl?: string;
  readonly restart?: RestartPolicy;
  /** A caller has stopped it, so that it is not started again. */
  readonly isUnwanted?: boolean;
  readonly state?: Omit<Stream, 'transportUrl'> & { readonly order: string };
  /** The failures in the call by their events, each of which uses up an attempt; more than can have a restart are not kept. */
  readonly failures: readonly string[];
}

/** The part of a call that its streams are. */
interface Streaming {
  readonly streams?: Readonly<Partial<Record<StreamName, StreamRecord>>>;
}

const optionsSchema = z.object({ transportUrl: z.url(), restart: restartSchema.optional() });

/** The call with the streams that the input of the operation which makes it asks for. */
export function withStreamOptions<Call extends Streaming>(call: Call, input: Readonly<Record<string, unknown>>): Call {
  return streamNames.reduce((next, name) => {
    const { data } = optionsSchema.safeParse(input[name]);
    if (!data) {
      return next;
    }
    const { transportUrl, restart } = data;
    return withStream(next, name, (known) => ({
      ...known,
      transportUrl: new URL(transportUrl).host,
      ...(restart && { restart }),
    }));
  }, call);
}

/** The call once a caller has started or stopped a stream, whether or not ACS had to do anything for it. */
export function withStreamWanted<Call extends Streaming>(call: Call, name: StreamName, isWanted: boolean): Call {
  return withStream(call, name, (known) => ({ ...known, isUnwanted: !isWanted }));
}

const rank = { active: 0, stopped: 1, failed: 2 } as const;

/**
 * The call after an event about a stream. ACS numbers these events in no way: the time of the event decides which is the
 * last, in whatever order they arrive.
 */
export function streamEvent(name: StreamName, status: Stream['status']) {
  return <Call extends Streaming>(call: Call, { id, at, result, detail }: CallEvent): Call =>
    withStream(call, name, (known) => {
      const order = `${at}/${rank[status]}/${id}`;
      const isFailure = status === 'failed';
      const failures = isFailure ? withFailure(known.failures, id) : known.failures;
      if (known.state && known.state.order >= order) {
        return { ...known, failures };
      }
      const reason = isFailure && typeof detail?.details === 'string' ? { reason: detail.details } : {};
      const codes =
        isFailure && result ? { acsCode: result.code, acsSubCode: result.subCode, acsMessage: result.message } : {};
      return { ...known, failures, state: { status, since: at, order, ...reason, ...codes } };
    });
}

/** The streams as the API shows them. With its call a stream ends as well, of which ACS sends no event. */
export function toStreams(
  { streams = {} }: Streaming,
  endedAt: string | undefined,
): Readonly<Partial<Record<StreamName, Stream>>> {
  const shown = Object.entries(streams).flatMap(([name, { transportUrl, state }]) => {
    if (!state) {
      return [];
    }
    const { order: _, ...reported } = state;
    const current =
      reported.status === 'active' && endedAt !== undefined ? { status: 'stopped', since: endedAt } : reported;
    return [[name, { ...current, ...(transportUrl !== undefined && { transportUrl }) }]];
  });
  return Object.fromEntries(shown);
}

/** A stream that is to be started again, and when. */
export interface DueRestart {
  readonly name: StreamName;
  readonly dueAt: string;
  /** The number of the failure that it makes up for. */
  readonly failure: number;
}

/** The streams of a call that failed and have an attempt left. */
export function restartsOf({ streams = {} }: Streaming): readonly DueRestart[] {
  return streamNames.flatMap((name) => {
    const { restart, isUnwanted, state, failures } = streams[name] ?? { failures: [] };
    if (!restart || isUnwanted || state?.status !== 'failed' || failures.length > restart.attempts) {
      return [];
    }
    const pauseSeconds = Math.min(restart.backoffSeconds * 2 ** (failures.length - 1), longestPauseSeconds);
    const dueAt = new Date(Date.parse(state.since) + pauseSeconds * 1000).toISOString();
    return [{ name, dueAt, failure: failures.length }];
  });
}

/** The call after a restart that ACS refused: it uses up an attempt, as a failure does. */
export function restartRefused<Call extends Streaming>(call: Call, { name, failure }: DueRestart, now: string): Call {
  return withStream(call, name, (known) =>
    known.failures.length === failure && known.state
      ? {
          ...known,
          failures: withFailure(known.failures, `refused-${failure}`),
          state: { ...known.state, since: now, order: `${now}/${rank.failed}/` },
        }
      : known,
  );
}

/** The same in whatever order the events arrive, and however often. */
function withFailure(failures: readonly string[], id: string): readonly string[] {
  return [...new Set([...failures, id])].sort().slice(0, mostAttempts + 1);
}

function withStream<Call extends Streaming>(
  call: Call,
  name: StreamName,
  change: (known: StreamRecord) => StreamRecord,
): Call {
  return { ...call, streams: { ...call.streams, [name]: change(call.streams?.[name] ?? { failures: [] }) } };
}
