/** What a kind of trigger is: one literal that can start a function of its kind on a host. */

import type { AppFunction } from '../app/function.ts';
import type { Invoke, TriggerInput } from '../app/invocations.ts';
import type { Clock } from '../clock.ts';
import type { Hub } from '../durable/hub.ts';
import type { RouteTable } from '../http/route-table.ts';
import type { Webhooks } from '../http/webhooks.ts';
import type { Log } from '../log.ts';
import type { HostConfig } from '../settings/host-json.ts';

export interface TriggerKind {
  /** The binding's type, e.g. `httpTrigger`. */
  readonly type: string;
  /** The extension whose webhook its functions share, if any. */
  readonly webhook?: string;
  /** Whether Azure honours a function's own retry policy for this kind. */
  readonly honoursRetry: boolean;
  /** Checks the function's options and starts to listen; throws a HostError for what it cannot serve. */
  start(fn: AppFunction, host: TriggerHost): Promise<Trigger> | Trigger;
}

/** What a trigger may use of its host. */
export interface TriggerHost {
  readonly config: HostConfig;
  /** For schedules, retries and orchestrations; everything else takes real time. */
  readonly clock: Clock;
  readonly log: Log;
  readonly invoke: Invoke;
  readonly routes: RouteTable;
  readonly webhooks: Webhooks;
  /** Of an app with durable functions. */
  readonly hub: Hub | undefined;
  /** Where a trigger keeps what must outlive the process. */
  readonly dataDirectory: string;
}

/** A trigger that listens. */
export interface Trigger {
  /** Path and query below the host's URL, for a function that is called over HTTP. */
  readonly route?: string;
  readonly methods?: readonly string[];
  /** Input for a run by hand; throws when the text is none. Absent for functions with a URL of their own. */
  readonly inputFromText?: (text: string) => Omit<TriggerInput, 'reason'>;
  /** Starts no further invocation and waits for those in flight. */
  readonly stop?: () => Promise<void>;
}

export interface ServedFunction extends Trigger {
  readonly fn: AppFunction;
}
