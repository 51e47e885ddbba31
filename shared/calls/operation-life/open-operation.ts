/** An operation that ACS may still act on, as the record of its call keeps it. */
import type { MediaAction } from '../media-compatibility.ts';
import type { Origin } from '../origin.ts';
import type { OpenLife } from './life.ts';

export interface OpenOperation {
  readonly name: string;
  readonly life: OpenLife;
  /** When its event is overdue. */
  readonly dueAt: string;
  readonly askedAt?: string;
  /** Participants the operation is about: a mute is settled by a participant list that has them muted. */
  readonly about: readonly string[];
  /** The media action that it is, as long as it may block others. */
  readonly media?: MediaAction;
  /** What ACS's response brought, for the notification of its outcome; of an addParticipant the id that a cancellation names. */
  readonly result?: Readonly<Record<string, unknown>>;
  readonly origin?: Origin;
}

/** When the call is read at ACS for an operation that is still open. */
export function readDueAt({ life, dueAt }: OpenOperation): string {
  return (life.state === 'unconfirmed' ? life.startDueAt : undefined) ?? dueAt;
}

/** Whether its event is overdue. One whose outcome is presumed waits for no read. */
export function isReadDue(operation: OpenOperation, now: string): boolean {
  return operation.life.state !== 'presumed' && readDueAt(operation) <= now;
}

/** Whether the grace period of its presumed outcome is over. */
export function isGraceOver({ life }: OpenOperation, now: string): boolean {
  return life.state === 'presumed' && life.until <= now;
}
