/**
 * Puts the parts of an emulator together: what happens in calls on the left, the parts that react on the right, in the
 * order in which they do. Calls know no other part; this table is where they meet.
 */

import { raiseCallConnected, raiseCallDisconnected, raiseParticipantsUpdated } from './callbacks/call-callbacks.ts';
import type { Reactions } from './calls/call-events.ts';
import {
  isIncomingCallTaken,
  publishEnded,
  publishIncomingCall,
  publishJoined,
  publishLeft,
} from './event-grid/call-events.ts';
import { endMedia, endMediaFor } from './media/media-end.ts';
import { playScript } from './parties/script-player.ts';
import { stopWithCall } from './recordings/lifecycle.ts';
import { recordVoices } from './recordings/voices.ts';
import { assembleResource, type LastingState, type Resource } from './resource.ts';
import { closeStreams, startOnConnect } from './streaming/start.ts';

const reactions: Reactions<Resource> = {
  incomingCall: [publishIncomingCall],
  participantJoined: [publishJoined],
  participantConnected: [playScript],
  participantsChanged: [recordVoices, raiseParticipantsUpdated],
  promptsChanged: [recordVoices],
  participantLeft: [publishLeft],
  departureSettled: [endMediaFor],
  connectionEstablished: [raiseCallConnected, startOnConnect],
  connectionMoving: [endMedia],
  connectionEnding: [(resource, { connection }) => endMedia(resource, connection), raiseCallDisconnected],
  connectionEnded: [closeStreams],
  callEnding: [stopWithCall],
  callEnded: [publishEnded],
};

export function createResource(lasting: LastingState): Resource {
  return assembleResource(lasting, reactions, isIncomingCallTaken);
}
