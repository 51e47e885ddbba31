/** The events that webhooks are told of: those of ACS, and our own, which tell what ACS has no event for. */
import type { EventKind } from '../calls/event.ts';
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

/** The short names by which webhooks choose. The SDK's own list of kinds is the list of ACS's. */
export const eventNames: readonly string[] = [...ownNames, ...(Object.keys(transitions) as EventKind[]).sort()];

/** The CloudEvent type of a name. */
export function typeOf(name: string): string {
  return `${ownNames.includes(name) ? ownPrefix : acsPrefix}${name}`;
}

/** The short name of a CloudEvent type; a type that neither ACS nor we have is its own name. */
export function nameOf(type: string): string {
  const prefix = [acsPrefix, ownPrefix].find((one) => type.startsWith(one)) ?? '';
  return type.slice(prefix.length);
}
