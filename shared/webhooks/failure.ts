/** A message that was given up: what a receiver missed, and why. */
import * as z from 'zod';
import { type CloudEvent, callIdOf } from './cloud-event.ts';
import { messageIdOf } from './outbox-message.ts';

/** Another attempt may end otherwise. */
const passingReasons = ['refused', 'timeout', 'unreachable', 'busy'] as const;

/** Another attempt would end the same, or is not wanted. */
const finalReasons = ['gone', 'notAllowed', 'addressNotPublic', 'tooLarge'] as const;

/** Why an attempt failed, and what the receiver answered, if it did. */
export interface FailedAttempt {
  readonly reason: (typeof passingReasons | typeof finalReasons)[number];
  readonly status?: number;
}

/** The failure resource of the API. */
export const failureSchema = z
  .object({
    notificationId: z.string().meta({ description: 'The `webhook-id` of the message' }),
    callId: z.uuid().optional(),
    attempts: z.int(),
    reason: z.enum([...passingReasons, ...finalReasons]),
    status: z.int().optional().meta({ description: 'What the receiver answered last' }),
    failedAt: z.iso.datetime(),
    event: z.looseObject({ type: z.string() }).meta({ description: 'The CloudEvent that did not arrive' }),
  })
  .meta({ id: 'WebhookFailure' });

export type Failure = Readonly<z.output<typeof failureSchema>>;

/** The failure of an event that is given up now. */
export function failureOf(event: CloudEvent, attempts: number, { reason, status }: FailedAttempt): Failure {
  return {
    notificationId: messageIdOf(event),
    callId: callIdOf(event),
    attempts,
    reason,
    ...(status !== undefined && { status }),
    failedAt: new Date().toISOString(),
    event: { ...event },
  };
}

/** Whether a message that failed so is not tried again. */
export function isFinal({ reason }: FailedAttempt): boolean {
  return finalReasons.some((one) => one === reason);
}
