/** What tells media streaming and transcription apart: their events, their codes, and what they send. */

import type { Connection } from '../calls/connection.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Cancel } from '../clock.ts';
import type { CallbackKind } from '../event-kinds.ts';
import type { Resource } from '../resource.ts';
import type { Frame } from './frames.ts';
import type { Subscriptions } from './subscription.ts';

/** What can go wrong with the connection, in the words of ACS's status details. */
export type Trouble =
  | 'streamUrlMissing'
  | 'initialWebSocketConnectionFailed'
  | 'streamConnectionUnsuccessful'
  | 'streamConnectionInterrupted';

/** ACS's MediaStreamingStatusDetails and TranscriptionStatusDetails, as far as the emulator uses them. */
export type StatusDetails =
  | Trouble
  | 'subscriptionStarted'
  | 'subscriptionStopped'
  | 'transcriptionLocaleUpdated'
  | 'speechServicesConnectionError'
  | 'unspecifiedError';

/** An event that tells how a stream fares, and the member of it that says so. */
export interface Notice {
  readonly event: CallbackKind;
  readonly update: Record<string, unknown>;
}

/** Sends one frame; resolves when the receiver keeps up. */
export type Send = (frame: Frame) => Promise<void>;

/** One subscription, seen as something that can stream. */
export interface StreamKind {
  readonly name: keyof Subscriptions;
  readonly subscription: NonNullable<Subscriptions[keyof Subscriptions]>;
  readonly troubles: Readonly<Record<Trouble, ResultInformation>>;
  notice(status: 'Started' | 'Stopped' | 'Failed', details: StatusDetails): Notice;
  /** The first frame. */
  metadata(connection: Connection): Frame;
  /** Sends what follows, until it is cancelled. */
  feed(resource: Resource, connection: Connection, send: Send): Cancel;
  /** Takes what the server sends back. */
  receive(message: Buffer): void;
}
