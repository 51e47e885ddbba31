/** A recording of a call: its terms, and the timeline of its voices. */

import type { ServerCall } from '../calls/model.ts';
import type { Random } from '../random.ts';
import type { RecordingTerms } from './terms.ts';
import { isPaused, startTimeline, type Timeline } from './timeline.ts';

export interface Recording {
  readonly recordingId: string;
  /** Not the id of any connection, but an internal one that state events carry in its place (ACS-R3). */
  readonly callConnectionId: string;
  readonly serverCallId: string;
  readonly correlationId: string;
  readonly terms: RecordingTerms;
  readonly timeline: Timeline;
}

/**
 * A recording that starts now. Its id is the base64url of JSON with the ids of an endpoint and of a resource
 * (ACS-R15).
 */
export function newRecording(random: Random, call: ServerCall, terms: RecordingTerms, nowMs: number): Recording {
  const callConnectionId = random.guid();
  const id = { PlatformEndpointId: callConnectionId, ResourceSpecificId: random.guid() };
  return {
    recordingId: Buffer.from(JSON.stringify(id)).toString('base64url'),
    callConnectionId,
    serverCallId: call.serverCallId,
    correlationId: call.correlationId,
    terms,
    timeline: startTimeline(nowMs),
  };
}

/** ACS's two states: a paused recording is inactive, as one that has ended (ACS-R18). */
export function stateOf({ timeline }: Recording): 'active' | 'inactive' {
  return timeline.endedAtMs === undefined && !isPaused(timeline) ? 'active' : 'inactive';
}
