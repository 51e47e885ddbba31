/** The checks that operations on streams share. */

import { AcsError } from '../http/acs-error.ts';
import type { RunningStream, StreamSubscriptions } from '../streaming/subscription.ts';

type Subscription = NonNullable<StreamSubscriptions[keyof StreamSubscriptions]>;

/** Throws 405/8522 unless create, answer or connect subscribed to the stream with a URL (ACS-D12). */
export function configured<Kind extends Subscription>(
  subscription: Kind | undefined,
  name: 'Media streaming' | 'Transcription',
): Kind {
  if (subscription?.transportUrl === undefined) {
    throw new AcsError(405, '8522', `Request not allowed when ${name} url not set during call setup.`);
  }
  return subscription;
}

/** Throws 400/8585 when the stream is started. The code is documented for a wrong state; its use here is chosen. */
export function checkIdle({ stream }: Subscription): void {
  if (stream !== undefined) {
    throw new AcsError(400, '8585', 'Action is not valid in the current state: the stream is started already.');
  }
}

/** Throws 400/8585 when the stream is not started (as above). */
export function startedStream({ stream }: Subscription): RunningStream {
  if (stream === undefined) {
    throw new AcsError(400, '8585', 'Action is not valid in the current state: the stream is not started.');
  }
  return stream;
}
