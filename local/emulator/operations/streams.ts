/** What operations on streams demand of the connection. */

import { AcsError } from '../http/acs-error.ts';
import type { RunningStream, StreamSubscriptions } from '../streaming/subscription.ts';

type Subscription = NonNullable<StreamSubscriptions[keyof StreamSubscriptions]>;

/** 405/8522 unless the app subscribed, and named a URL, when it took hold of the call (ACS-D12). */
export function configured<Kind extends Subscription>(
  subscription: Kind | undefined,
  name: 'Media streaming' | 'Transcription',
): Kind {
  if (subscription?.transportUrl === undefined) {
    throw new AcsError(405, '8522', `Request not allowed when ${name} url not set during call setup.`);
  }
  return subscription;
}

/** 400/8585 when it streams already (the code is documented for actions out of place; its use here is ours). */
export function checkIdle({ stream }: Subscription): void {
  if (stream !== undefined) {
    throw new AcsError(400, '8585', 'Action is not valid in the current state: the stream is started already.');
  }
}

/** 400/8585 when nothing streams (ours, as above). */
export function startedStream({ stream }: Subscription): RunningStream {
  if (stream === undefined) {
    throw new AcsError(400, '8585', 'Action is not valid in the current state: the stream is not started.');
  }
  return stream;
}
