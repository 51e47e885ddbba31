/** What streams work with. */

import type { CallContext } from '../calls/call-context.ts';
import type { Environment } from '../environment.ts';
import type { StreamSockets } from './stream-sockets.ts';
import type { StreamStore } from './stream-store.ts';

export interface StreamContext extends Environment, CallContext {
  readonly clock: Environment['clock'];
  readonly sockets: StreamSockets;
  readonly streams: StreamStore;
}
