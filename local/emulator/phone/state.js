/** The state of the emulator, read at once. */

import { control } from './control.js';

/**
 * @typedef {{id: string, rawId: string, isMuted: boolean, isOnHold: boolean, isApplication: boolean}} Participant
 *
 * @typedef {{operation: string, participants: string[], state: 'running' | 'queued' | 'paused', operationContext?: string}}
 *   MediaOperation
 *
 * @typedef {{kind: 'mediaStreaming' | 'transcription', transportUrl?: string, state: string}} Stream
 *
 * @typedef {{recordingId: string, state: string, hasEnded: boolean, content: string, channel: string, format: string}}
 *   Recording
 *
 * @typedef {{ringingId: string, id: string, from: string, displayName?: string, serverCallId: string, ringsUntil: string,
 *   decidedBy: 'application' | 'script' | 'person', reason: 'invited' | 'dialed' | 'redirected'}} Ringing
 *
 * @typedef {{callConnectionId: string, serverCallId: string, correlationId: string, callbackUri: string, state: string,
 *   operationContext?: string, room?: string, group?: string, targets: string[], participants: Participant[],
 *   ringing: Ringing[], mediaQueue: MediaOperation[], streams: Stream[], recordings: Recording[]}} Call
 *
 * @typedef {{id: string, onRing: string, afterMs: number, then: object[]}} Person
 *
 * @typedef {{id: string, match: string, do: object, times?: number, probability?: number, used: number}} Fault
 *
 * @typedef {{calls: Call[], ringing: Ringing[], people: Person[], faults: Fault[], hasSubscriber: boolean,
 *   clock: {mode: 'real' | 'manual', nowMs: number}}} State
 */

/** @returns {Promise<State>} */
export async function readState() {
  const paths = ['calls', 'ringing', 'parties', 'faults', 'clock', 'event-grid/subscriptions'];
  const [{ calls }, { ringing }, { parties }, { faults }, clock, { subscriptions }] = await Promise.all(
    paths.map(control.get),
  );
  return {
    calls,
    ringing,
    people: parties,
    faults,
    clock: { mode: clock.mode, nowMs: Date.parse(clock.now) },
    hasSubscriber: subscriptions.some(wantsIncomingCalls),
  };
}

/** A subscription without event types takes all. @param {{eventTypes: string[]}} subscription */
function wantsIncomingCalls({ eventTypes }) {
  return eventTypes.length === 0 || eventTypes.includes('Microsoft.Communication.IncomingCall');
}
