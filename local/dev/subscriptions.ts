/** Event Grid on this machine: the app's Event Grid triggers subscribe to the emulator, as infra does in Azure. */

import { controlClient } from '../emulator/control-client.ts';
import type { Ports } from './ports.ts';
import { urlAt } from './settings.ts';

/** Subscription name to what it wants and the function that takes it. */
const subscriptions = {
  'incoming-calls': { functionName: 'incomingCall', eventTypes: ['Microsoft.Communication.IncomingCall'] },
  'recording-files': {
    functionName: 'recordingFileStatus',
    eventTypes: ['Microsoft.Communication.RecordingFileStatusUpdated'],
  },
} as const;

/**
 * Makes the subscriptions; the app must be up, because each is confirmed by a handshake. The emulator keeps them while it
 * runs, so that a reload of the app needs nothing more. Rejects with the emulator's reason.
 */
export async function subscribe({ emulator, host }: Ports): Promise<void> {
  const control = controlClient(urlAt(emulator));
  for (const [name, { functionName, eventTypes }] of Object.entries(subscriptions)) {
    await control.put(`event-grid/subscriptions/${name}`, {
      endpoint: `${urlAt(host)}/runtime/webhooks/EventGrid?functionName=${functionName}`,
      eventTypes,
    });
  }
}
