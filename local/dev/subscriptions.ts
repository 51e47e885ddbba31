/** Event Grid on this machine: the emulator delivers the app's events as Event Grid does in Azure. */

import { controlClient } from '../emulator/index.ts';
import { readLocalSettings } from '../host/index.ts';
import type { Ports } from './ports.ts';
import { storageAccount, urlAt } from './settings.ts';

/** Where an app takes its events. */
export interface Destinations {
  readonly hostUrl: string;
  /** Of the storage account's queues. */
  readonly queuesUrl: string;
  /** The TABLE_PREFIX of the app. */
  readonly prefix: string;
  /** Opens the host's webhook of Event Grid, where it asks for one. */
  readonly key?: string;
  /** Delivers the events of whole calls, as the app's setting EVENT_GRID_CALL_EVENTS says. */
  readonly hasCallEvents: boolean;
}

const callEvents = ['CallStarted', 'CallEnded', 'CallParticipantAdded', 'CallParticipantRemoved'];

/** An incoming call is delivered twice: fast to the function, and reliably to a queue. The others go to a queue only. */
function subscriptionsFor({ hostUrl, queuesUrl, prefix, key, hasCallEvents }: Destinations) {
  const code = key === undefined ? '' : `&code=${key}`;
  const functionAt = (name: string) => `${hostUrl}/runtime/webhooks/EventGrid?functionName=${name}${code}`;
  const queueAt = (name: string) => `${queuesUrl}/${prefix.toLowerCase()}${name}`;
  const incomingCall = ['Microsoft.Communication.IncomingCall'];
  return {
    'incoming-calls': {
      endpoint: functionAt('incomingCall'),
      endpointType: 'AzureFunction',
      eventTypes: incomingCall,
    },
    'incoming-calls-queue': {
      endpoint: queueAt('incoming-calls'),
      endpointType: 'StorageQueue',
      eventTypes: incomingCall,
    },
    'recording-files': {
      endpoint: queueAt('recording-files'),
      endpointType: 'StorageQueue',
      eventTypes: ['Microsoft.Communication.RecordingFileStatusUpdated'],
    },
    ...(hasCallEvents && {
      'call-events': {
        endpoint: queueAt('call-events'),
        endpointType: 'StorageQueue',
        eventTypes: callEvents.map((kind) => `Microsoft.Communication.${kind}`),
      },
    }),
  } as const;
}

/**
 * Makes the subscriptions; the app and storage must be up, because a handshake confirms a function, and a queue is made. The
 * emulator keeps them while it runs, so that a reload of the app needs nothing more. Rejects with the emulator's reason.
 */
export async function subscribe({ emulator, host, queue }: Ports): Promise<void> {
  const { values } = await readLocalSettings('.');
  await subscribeAt(urlAt(emulator), {
    hostUrl: urlAt(host),
    queuesUrl: `${urlAt(queue)}/${storageAccount}`,
    prefix: process.env.TABLE_PREFIX ?? values.TABLE_PREFIX ?? '',
    hasCallEvents: (process.env.EVENT_GRID_CALL_EVENTS ?? values.EVENT_GRID_CALL_EVENTS) === 'true',
  });
}

/** The same for an emulator and an app at any address. */
export async function subscribeAt(emulatorUrl: string, destinations: Destinations): Promise<void> {
  const control = controlClient(emulatorUrl);
  for (const [name, subscription] of Object.entries(subscriptionsFor(destinations))) {
    await control.put(`event-grid/subscriptions/${name}`, subscription);
  }
}
