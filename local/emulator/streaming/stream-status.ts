/** The status of a stream, in the words of ACS's events. */

import type { CallbackKind } from '../event-kinds.ts';

/** What can go wrong with the connection. */
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

/** An event about the status, with the member that holds it. */
export interface StatusEvent {
  readonly event: CallbackKind;
  readonly update: Record<string, unknown>;
}
