/**
 * The types of a call: the call itself, its participants, the applications that control it, and the phones that ring.
 */

import type { Identifier } from '../identifiers.ts';
import type { Failure } from './result-information.ts';
import type { Roster } from './roster.ts';
import type { SpeakingSlots } from './speaking-slots.ts';
import type { Tone } from './tones.ts';

/**
 * How a call came to be. `direct` calls end when their people have left; rooms and group calls stay (not documented;
 * chosen here).
 */
export type CallKind = 'direct' | 'group' | 'room';

/** A call as the service holds it, independent of the applications that control it. */
export interface ServerCall {
  readonly serverCallId: string;
  readonly correlationId: string;
  readonly kind: CallKind;
  /** Room id or group id; undefined for a direct call. */
  readonly joinId: string | undefined;
  readonly startedAtMs: number;
  /** The raw id of the party that dialed, where one did. */
  readonly caller?: string | undefined;
  readonly participants: Roster<Participant>;
  readonly connections: Set<Connection>;
  readonly ringing: Set<RingingPhone>;
  /** What listens for the tones and words of participants. */
  readonly listeners: Set<InputListener>;
  /** The prompts of applications that are audible now. */
  readonly prompts: Set<object>;
  /** Of the last ParticipantsUpdated. */
  sequenceNumber: number;
  /** How often the call was redirected, over all that rings or rang in it. */
  redirects: number;
  /** The first participant who is not a phone; Event Grid reports calls from then on. */
  startedBy: Identifier | undefined;
  isOver: boolean;
}

/** A participant who is in a call now. */
export interface Participant {
  readonly identifier: Identifier;
  /** Whose script takes part: another one than the identifier after a redirect. */
  readonly party: Identifier;
  /** The application that answered as this participant, in a call between two applications. */
  readonly leg: Connection | undefined;
  /** Another one after a move. */
  call: ServerCall;
  isMuted: boolean;
  /** What keeps the participant on hold: a hold, or a play to the participant alone. */
  readonly holders: Set<object>;
  readonly isOnHold: boolean;
  /** The recognizes that wait for this participant's script. */
  readonly speakingSlots: SpeakingSlots;
}

/** The states of ACS that the emulator uses; answer and connect were recorded to answer `unknown`. */
type ConnectionState = 'unknown' | 'connecting' | 'connected' | 'disconnected';

/** What a request settles for the whole life of its connection. */
export interface ConnectionTerms {
  readonly apiVersion: string;
  readonly callbackUri: string;
  readonly operationContext?: string | undefined;
  readonly cognitiveServicesEndpoint?: string | undefined;
  readonly targets: readonly Identifier[];
  readonly source?: Identifier | undefined;
  readonly sourceCallerId?: Identifier | undefined;
  readonly sourceDisplayName?: string | undefined;
  readonly answeredBy?: Identifier | undefined;
  readonly answeredFor?: Identifier | undefined;
}

/** A call connection: one application's control of a server call. */
export interface Connection {
  readonly callConnectionId: string;
  readonly correlationId: string;
  readonly terms: ConnectionTerms;
  /** The pending participants:add, by invitation id. */
  readonly invitations: Map<string, RingingPhone>;
  /** Another one after the connection's participant was moved. */
  call: ServerCall;
  state: ConnectionState;
  endedAtMs: number | undefined;
}

/** Headers that travel with a call, as Event Grid names them. */
export interface CustomContext {
  readonly sipHeaders?: Record<string, string> | undefined;
  readonly voipHeaders?: Record<string, string> | undefined;
}

/** Who answers an invite. */
export interface Answerer {
  /** As the call lists the participant: the dialed number, also when a redirect led to another target. */
  readonly identifier: Identifier;
  /** Whose script or phone takes part. */
  readonly party: Identifier;
  /** The application that answered, when it was one. */
  readonly leg: Connection | undefined;
}

/** An invite: one target that a call rings. */
export interface Invite {
  readonly call: ServerCall;
  /** Who calls: someone in the call, or the identity of the application. */
  readonly caller: Identifier;
  /** The number that is displayed instead of the caller, when a redirect named one. */
  readonly callerId?: Identifier | undefined;
  readonly callerDisplayName?: string | undefined;
  readonly target: Identifier;
  readonly customContext?: CustomContext | undefined;
  readonly timeoutSeconds: number;
  /**
   * The origin of the invite: a party's own call and a redirected one reach applications that an invitation does not.
   */
  readonly reason: 'invited' | 'dialed' | 'redirected';
  readonly onAnswered: (answerer: Answerer) => void;
  readonly onFailed: (failure: Failure) => void;
}

/** Where a call is redirected; what is left out stays as it was. */
export interface Redirection extends Pick<Invite, 'target' | 'customContext' | 'callerId'> {}

/** Who answers or declines a call that rings. */
export type Decider = 'application' | 'script' | 'person';

/** A phone while it rings. The first thing that ends the ringing wins; later ones have no effect. */
export interface RingingPhone {
  readonly ringingId: string;
  /** Its target is another one after a redirect. */
  readonly invite: Invite;
  readonly decidedBy: Decider;
  /** When it counts as unanswered, in milliseconds since the epoch on the emulator's clock. */
  readonly untilMs: number;
  answered(leg?: Connection): void;
  failed(failure: Failure): void;
  /** Stops ringing without an outcome, because the call is over. */
  stop(): void;
  /** Rings at another target instead, with its full timeout. */
  redirect(redirection: Redirection): void;
}

/** A call that rings at an application, until it answers, rejects or redirects. */
export interface IncomingCall {
  readonly incomingCallContext: string;
  /** Its own for a redirected call, else that of the call. */
  readonly correlationId: string;
  readonly invite: Invite;
  readonly ringing: RingingPhone;
}

/** Words of a participant, and how sure the speech service is of them (0 to 1). */
export interface Speech {
  readonly text: string;
  readonly confidence: number;
}

/** Something that listens to a call until it is removed from `call.listeners`. */
export interface InputListener {
  /** The application that listens, if it is one: it goes on listening in the call that it moves to. */
  readonly connection?: Connection;
  tone?(from: Participant, tone: Tone): void;
  speech?(from: Participant, speech: Speech): void;
}
