/** What the code of calls works with, and all that it knows of the rest of the emulator. */

import type { Clock } from '../clock.ts';
import type { Parties } from '../parties/party.ts';
import type { Random } from '../random.ts';
import type { Emit } from './call-events.ts';
import type { CallStore } from './call-store.ts';
import type { Invite } from './model.ts';

export interface CallContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly calls: CallStore;
  readonly parties: Parties;
  /** Raw ids of the owned phone numbers; none means that any number may be used as caller id. */
  readonly numbers: ReadonlySet<string>;
  /** Whether an application would be notified of the invite by an IncomingCall. */
  readonly reachesApplication: (invite: Invite) => boolean;
  readonly emit: Emit;
}
