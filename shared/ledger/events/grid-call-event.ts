/** Reads CallStarted, CallEnded, CallParticipantAdded and CallParticipantRemoved of Event Grid. */
import * as z from 'zod';
import { type GridCallEvent, type GridCallKind, gridCallKinds } from '../../calls/grid-call-event.ts';
import { gridEventSchema, requireTopic } from '../../grid-event.ts';

const dataSchema = z.looseObject({
  correlationId: z.string().min(1).max(256),
  serverCallId: z.string().min(1).max(2048),
});

/** Of CallEnded; a reason in another form is relayed, and not recorded. */
const reasonSchema = z
  .object({ code: z.int(), subCode: z.int(), phrase: z.string().default('') })
  .optional()
  .catch(undefined);

const schemas = z.union(
  gridCallKinds.map((kind) =>
    gridEventSchema(kind)
      .extend({ data: dataSchema, isDelayed: z.literal(true).optional() })
      .transform(toEvent(kind)),
  ),
);

/** The event of Event Grid or of its queue. Throws a ZodError when it is none, or of another resource than `topic`. */
export function readGridCallEvent(received: unknown, topic: string | undefined): GridCallEvent {
  const event = schemas.parse(received);
  requireTopic(event, topic);
  return event;
}

/** The event as its queue carries it. */
export type GridMessage = z.input<ReturnType<typeof gridEventSchema>> & { readonly isDelayed?: true };

/** The message of an event that waits on its queue for its call. */
export function toDelayedMessage({ id, kind, at, topic, data }: GridCallEvent): GridMessage {
  const eventType = `Microsoft.Communication.${kind}` as const;
  return { id, eventType, subject: '', eventTime: at, ...(topic !== undefined && { topic }), data, isDelayed: true };
}

interface Received {
  readonly id: string;
  readonly eventTime: string;
  readonly topic?: string | undefined;
  readonly isDelayed?: true | undefined;
  readonly data: z.output<typeof dataSchema>;
}

function toEvent(kind: GridCallKind): (received: Received) => GridCallEvent {
  return ({ id, eventTime, topic, isDelayed, data }) => {
    const { correlationId, serverCallId } = data;
    const reason = reasonSchema.parse(data.reason);
    return {
      id,
      at: new Date(eventTime).toISOString(),
      kind,
      correlationId,
      serverCallId,
      ...(topic !== undefined && { topic }),
      ...(isDelayed && { isDelayed }),
      ...(reason && { result: { code: reason.code, subCode: reason.subCode, message: reason.phrase } }),
      data,
    };
  };
}
