/**
 * The differences between media streaming and transcription: their events, their codes, and the frames that they send.
 */

import type { Connection } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Cancel } from '../clock.ts';
import type { Frame } from './frames.ts';
import type { StreamContext } from './stream-context.ts';
import type { StatusDetails, StatusEvent, Trouble } from './stream-status.ts';
import type { StreamSubscriptions } from './subscription.ts';

/** Sends one frame; resolves when the receiver keeps up. */
export type Send = (frame: Frame) => Promise<void>;

/** One subscription, seen as something that can stream. */
export interface StreamKind {
  readonly name: keyof StreamSubscriptions;
  readonly subscription: NonNullable<StreamSubscriptions[keyof StreamSubscriptions]>;
  readonly troubles: Readonly<Record<Trouble, ResultInformation>>;
  statusEvent(status: 'Started' | 'Stopped' | 'Failed', details: StatusDetails): StatusEvent;
  /** The first frame. */
  metadata(connection: Connection): Frame;
  /** Sends the frames that follow, until it is cancelled. */
  feed(context: StreamContext, connection: Connection, send: Send): Cancel;
  /** Takes a message of the server. */
  receive(message: Buffer): void;
}
