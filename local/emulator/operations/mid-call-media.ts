/** The checks that media operations share: the compatibility table, and the speech service for speech. */

import type { Connection } from '../calls/model.ts';
import { othersThan } from '../calls/server-call.ts';
import { AcsError } from '../http/acs-error.ts';
import type { MediaOperation } from '../media/compatibility.ts';
import type { MediaTask } from '../media/media-queue.ts';
import type { PlaySource } from '../media/play-source.ts';
import type { Resource } from '../resource.ts';

/** Adds the task to the queue; throws 412/8583 when the table forbids it, unless it barges in. */
export function admit(resource: Resource, connection: Connection, task: MediaTask, isBargingIn = false): void {
  const { queue } = resource.media.of(connection);
  if (isBargingIn) {
    queue.bargeIn(task);
  } else {
    checkCompatible(resource, connection, task.operation, task.targets);
    queue.add(task);
  }
}

/** Throws 412/8583 when an operation that runs or waits for one of the participants forbids this one. */
export function checkCompatible(
  { media }: Resource,
  connection: Connection,
  wanted: MediaOperation,
  targets: readonly string[],
): void {
  const blocker = media.of(connection).queue.blocker(wanted, targets);
  if (blocker !== undefined) {
    const message = `Precondition failed: ${wanted} is not compatible with ${blocker.operation}, which is in progress`;
    throw new AcsError(412, '8583', `${message} for the same participant.`);
  }
}

/** Throws 405/8522 when speech is played or recognized without a speech service. */
export function checkSpeechService({ terms }: Connection, sources: readonly PlaySource[], isSpeechHeard = false): void {
  const isNeeded = isSpeechHeard || sources.some(({ kind }) => kind !== 'file');
  if (isNeeded && terms.cognitiveServicesEndpoint === undefined) {
    const mend =
      'set callIntelligenceOptions.cognitiveServicesEndpoint when the call is created, answered or connected';
    throw new AcsError(405, '8522', `Text, SSML and speech need a cognitive service: ${mend}.`);
  }
}

/**
 * Whether the compatibility table treats the call as a group call. Not documented; chosen here: it has several targets,
 * it is a room or group call, or several others are in it at the moment.
 */
export function isGroupCall(connection: Connection): boolean {
  const { call, terms } = connection;
  return call.kind !== 'direct' || terms.targets.length > 1 || othersThan(connection).length > 1;
}
