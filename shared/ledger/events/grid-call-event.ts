/** Reads CallStarted, CallEnded, CallParticipantAdded and CallParticipantRemoved of Event Grid. */
import * as z from 'zod';
import { type GridCallEvent, type GridCallKind, gridCallKinds } from '../../calls/grid-call-event.ts';
import { gridEventSchema } from '../../grid-event.ts';

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
  gridCallKinds.map((kind) => gridEventSchema(kind).extend({ data: dataSchema }).transform(toEvent(kind))),
);

/** The event of a queue message. Throws a ZodError when it is none. */
export function readGridCallEvent(received: unknown): GridCallEvent {
  return schemas.parse(received);
}

/** The event as its queue carries it. */
export type GridMessage = z.input<ReturnType<typeof gridEventSchema>>;

/** The message of an event that waits on its queue. */
export function toGridMessage({ id, kind, at, data }: GridCallEvent): GridMessage {
  return { id, eventType: `Microsoft.Communication.${kind}`, subject: '', eventTime: at, data };
}

interface Received {
  readonly id: string;
  readonly eventTime: string;
  readonly data: z.output<typeof dataSchema>;
}

function toEvent(kind: GridCallKind): (received: Received) => GridCallEvent {
  return ({ id, eventTime, data }) => {
    const { correlationId, serverCallId } = data;
    const reason = reasonSchema.parse(data.reason);
    return {
      id,
      at: new Date(eventTime).toISOString(),
      kind,
      correlationId,
      serverCallId,
      ...(reason && { result: { code: reason.code, subCode: reason.subCode, message: reason.phrase } }),
      data,
    };
  };
}
