/**
 * Event Grid's events: incoming calls, by push and by a queue, those of whole calls, by a queue, and pushes of these and of
 * recording files, for those who subscribe them themselves and for dead letters. A failure is thrown, so that Event Grid or
 * the queue delivers again.
 */
import { app } from '@azure/functions';
import { readGridCallEvent } from '../shared/ledger/events/grid-call-event.ts';
import { receiveGridCallEvent, receivePushedGridCallEvent } from '../shared/ledger/events/receive-grid-call-event.ts';
import { type Consumer, queueHandler } from '../shared/queues/handler.ts';
import { receiveFileEvent } from '../shared/recordings/receive-file-event.ts';
import { readIncomingCallEvent } from '../shared/routing/incoming-call-event.ts';
import { routeCall, routeQueuedCall } from '../shared/routing/route-call.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { switchboard } from '../shared/start.ts';
import { measureQueueAge } from '../shared/telemetry/metrics.ts';

const { eventTopic } = switchboard;

/** The handler of a queue on which Event Grid puts events. It measures how long each has waited unless the app delayed it. */
const eventHandler = <Event>(
  { queue, read, take }: Consumer<Event>,
  isDelayed: (event: Event) => boolean = () => false,
) =>
  queueHandler<Event>(switchboard, {
    queue,
    read,
    take(invocation, event, context) {
      measureQueueAge(queue, context, isDelayed(event));
      return take(invocation, event, context);
    },
  });

app.eventGrid('incomingCall', {
  extraInputs: [durableInput],
  handler: (event, context) =>
    switchboard.whileClientWaits(() => routeCall(switchboard.during(context), event, eventTopic)),
});

app.storageQueue('incomingCallFromQueue', {
  queueName: switchboard.queueNames['incoming-calls'],
  connection: 'AzureWebJobsStorage',
  extraInputs: [durableInput],
  handler: eventHandler({
    queue: 'incoming-calls',
    read: (received) => readIncomingCallEvent(received, eventTopic),
    take: routeQueuedCall,
  }),
});

app.eventGrid('callEvent', {
  handler: (event, context) =>
    switchboard.whileClientWaits(() => receivePushedGridCallEvent(switchboard.during(context), event, eventTopic)),
});

app.storageQueue('callEventFromQueue', {
  queueName: switchboard.queueNames['call-events'],
  connection: 'AzureWebJobsStorage',
  handler: eventHandler(
    {
      queue: 'call-events',
      read: (received) => readGridCallEvent(received, eventTopic),
      take: receiveGridCallEvent,
    },
    ({ isDelayed = false }) => isDelayed,
  ),
});

app.eventGrid('recordingFileStatus', {
  handler: (event, context) =>
    switchboard.whileClientWaits(() => receiveFileEvent(switchboard.during(context), event, eventTopic)),
});
