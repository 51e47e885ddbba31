/** A delivery that failed for good: the event that a receiver missed, and why. */
import * as z from 'zod';
import { type CloudEvent, callIdOf } from './cloud-event.ts';
import { messageIdOf } from './outbox-message.ts';

/** Reasons that may pass: the attempt is retried. */
const transientReasons = ['refused', 'timeout', 'unreachable', 'busy'] as const;

/** Reasons that will not pass: no retry. */
const finalReasons = ['gone', 'notAllowed', 'addressNotPublic', 'tooLarge'] as const;

/** Why an attempt failed, with the receiver's status if it responded. */
export interface FailedAttempt {
  readonly reason: (typeof transientReasons | typeof finalReasons)[number];
  readonly status?: number;
}

/** The failure resource of the API. */
export const failureSchema = z
  .object({
    notificationId: z.string().meta({ description: 'The `webhook-id` of the message' }),
    callId: z.uuid().optional(),
    attempts: z.int(),
    reason: z.enum([...transientReasons, ...finalReasons]),
    status: z.int().optional().meta({ description: 'The last status of the receiver' }),
    failedAt: z.iso.datetime(),
    event: z.looseObject({ type: z.string() }).meta({ description: 'The CloudEvent that was not delivered' }),
  })
  .meta({ id: 'WebhookFailure' });

export type Failure = Readonly<z.output<typeof failureSchema>>;

/** The failure of an event whose last attempt failed now. */
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

/** Whether such a failure is not retried. */
export function isFinal({ reason }: FailedAttempt): boolean {
  return finalReasons.some((one) => one === reason);
}
