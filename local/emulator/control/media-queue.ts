/** `mediaQueue` of a call: the media operations that run or wait, and on which leg. */

import { fromRawId } from '../identifiers.ts';
import { isOnMainLeg } from '../media/compatibility.ts';
import type { ConnectionMedia } from '../media/media-store.ts';
import { publicId } from '../parties/party.ts';

/** The media operations in the order of their acceptance, then the hold music. */
export function describeMedia({ queue, holdMusic }: ConnectionMedia) {
  const operations = queue.entries().map(({ task: { operation, targets, operationContext }, isRunning }) => ({
    operation,
    leg: isOnMainLeg(operation) ? 'main' : 'sub',
    participants: targets.map(idOf),
    state: isRunning ? 'running' : 'queued',
    operationContext,
  }));
  const music = [...holdMusic].map(([rawId, { isPaused }]) => ({
    operation: 'holdMusic',
    leg: 'sub',
    participants: [idOf(rawId)],
    state: isPaused ? 'paused' : 'running',
  }));
  return [...operations, ...music];
}

function idOf(rawId: string): string {
  return publicId(fromRawId(rawId));
}
