/** The facts by which an operation settles, as its literal states them: by the response, an event, a list or the call's end. */
import type { EventKind } from '../event.ts';
import type { Participant } from '../participant.ts';

/** Whether a list of participants proves that an operation about some of them took effect. */
export type ParticipantEvidence = (participants: readonly Participant[], about: readonly string[]) => boolean;

type Kinds = readonly [EventKind, ...EventKind[]];

/** An operation that ends with an event that carries its id as `operationContext`. */
export interface SettledByEvent {
  readonly by: 'event';
  readonly success: Kinds;
  readonly failure: readonly EventKind[];
  /** Events that report that another operation canceled it. */
  readonly canceled?: Kinds;
  /**
   * ACS may send the event under the context of the operation that started what this one changes or ends (ACS-R5,
   * TranscriptionUpdated): an event of the kind that names no other open operation settles the first that waits for it.
   */
  readonly anyContext?: true;
  /** After this long without the event, the call is read at ACS instead. */
  readonly withinSeconds: number;
  /** The event that reports its start, and how long after the request that is due at the latest. */
  readonly start?: { readonly kind: EventKind; readonly withinSeconds: number };
  /** For operations that a read of the participant list can confirm. */
  readonly evidence?: ParticipantEvidence;
  /** ACS raises one event for each participant it is about: all of them must report success. */
  readonly each?: true;
  /** DiagCode of a call's end that proves success, for an operation that ends Switchboard's part of the call. */
  readonly endSubCode?: number;
  /** DiagCode of a failure event that reports a cancellation instead. */
  readonly canceledSubCode?: number;
  /** The event that cancels an invitation by its `invitationId`; its context is that of the operation that canceled. */
  readonly invitationCanceledBy?: EventKind;
  /** The operation makes the connection: a read that shows the call connected confirms it. */
  readonly connects?: true;
}

/** What settles an operation once ACS accepted it. */
export type Settlement =
  | {
      readonly by: 'response';
      /** May follow the response, and outranks it. */
      readonly failure?: Kinds;
    }
  | SettledByEvent
  | { readonly by: 'callEnd'; readonly withinSeconds: number }
  | {
      readonly by: 'participants';
      readonly evidence: ParticipantEvidence;
      /** May follow a list that proves success (ACS-R4, HoldFailed), and outranks it. */
      readonly failure?: Kinds;
      readonly withinSeconds: number;
    };

/** The settlement of each operation, by its name. */
export type Settlements = ReadonlyMap<string, Settlement>;

/** Whether the operation makes a connection that the call is known to have: its own event may be lost. */
export function isConnectedBy(
  { connectedAt }: { readonly connectedAt?: string },
  settlement: Settlement | undefined,
): boolean {
  return settlement?.by === 'event' && settlement.connects === true && connectedAt !== undefined;
}

/** Whether the event settles the operation also under the context of another. */
export function settlesInAnyContext(settlement: Settlement | undefined, kind: EventKind): boolean {
  return settlement?.by === 'event' && settlement.anyContext === true && settlement.success.includes(kind);
}

/** Whether a failure event may follow what shows success: that is presumed until its grace period is over. */
export function hasLaterFailure(settlement: Settlement): boolean {
  return (settlement.by === 'response' || settlement.by === 'participants') && settlement.failure !== undefined;
}
