/**
 * What happens in calls, as events: callbacks, Event Grid, media, streams and recordings react to them, and calls know
 * none of these. `composition.ts` has the table of who reacts.
 */

import type { Connection, IncomingCall, Participant, ServerCall } from './model.ts';
import type { ResultInformation } from './result-information.ts';

/** A participant who has left; `participant.call` may be another call by now. */
export interface Departure {
  readonly call: ServerCall;
  readonly participant: Participant;
}

export interface CallEvents {
  /** A call rings at an application. */
  readonly incomingCall: IncomingCall;
  /** A participant is on the list. */
  readonly participantJoined: Participant;
  /** A participant can talk: a caller is on the list before that. */
  readonly participantConnected: Participant;
  /** A participant is off the list. */
  readonly participantLeft: Departure;
  /**
   * The applications that the participant left alone are disconnected; those that remain go on without the participant.
   */
  readonly departureSettled: Departure;
  /** The list of participants, or the mute or hold of one of them, has changed. */
  readonly participantsChanged: ServerCall;
  /** A prompt in the call has become audible, or is no longer. */
  readonly promptsChanged: ServerCall;
  /** An application controls the call from now on. */
  readonly connectionEstablished: Connection;
  /** An application is about to move to another call. */
  readonly connectionMoving: Connection;
  /** An application is about to lose control of the call. */
  readonly connectionEnding: { readonly connection: Connection; readonly result: ResultInformation };
  /** An application has lost control of the call. */
  readonly connectionEnded: Connection;
  /** A call is over, and everyone in it is about to be disconnected. */
  readonly callEnding: ServerCall;
  /** A call is over, and empty. */
  readonly callEnded: { readonly call: ServerCall; readonly result: ResultInformation };
}

/** Publishes an event; every reaction has run when it returns. */
export type Emit = <Name extends keyof CallEvents>(name: Name, event: CallEvents[Name]) => void;

/** For each event its reactions, in the order in which they run. */
export type Reactions<Context> = {
  readonly [Name in keyof CallEvents]: readonly ((context: Context, event: CallEvents[Name]) => void)[];
};
