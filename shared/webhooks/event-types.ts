/** The types of events that webhooks can subscribe to: ACS's, and Switchboard's own where ACS has none. */
import type { EventKind } from '../calls/event.ts';
import { gridCallKinds } from '../calls/grid-call-event.ts';
import { transitions } from '../calls/transitions.ts';

const acsPrefix = 'Microsoft.Communication.';
const ownPrefix = 'Switchboard.';

const ownNames: readonly string[] = [
  'OperationSettled',
  'IncomingCall',
  'RecordingArchived',
  'RecordingFailed',
  'SequenceEnded',
];

/** The type of the event that a test of a webhook sends. No webhook subscribes to it. */
export const testType = `${ownPrefix}WebhookTest`;

/** The short names that webhooks subscribe by. The SDK's list of kinds defines those of mid-call events. */
export const eventNames: readonly string[] = [
  ...ownNames,
  ...gridCallKinds,
  ...(Object.keys(transitions) as EventKind[]).sort(),
];

/** The CloudEvent type of a name. */
export function typeOf(name: string): string {
  return `${ownNames.includes(name) ? ownPrefix : acsPrefix}${name}`;
}

/** The short name of a CloudEvent type; a type of neither ACS nor Switchboard is its own name. */
export function nameOf(type: string): string {
  const prefix = [acsPrefix, ownPrefix].find((one) => type.startsWith(one)) ?? '';
  return type.slice(prefix.length);
}
