/** Calls that have a place of their own: a room, or a group id that clients agree on. */

import type { Resource } from '../resource.ts';
import { newServerCall, type ServerCall } from './server-call.ts';

/** The call that runs there now, or a new one. */
export function standingCall(resource: Resource, setting: 'room' | 'group', id: string): ServerCall {
  const running = resource.calls.runningIn(setting, id);
  return running ?? resource.calls.addCall(newServerCall(resource.random, resource.clock.now(), setting, id));
}
