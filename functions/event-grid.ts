/** The Event Grid triggers: incoming calls, and files of recordings. A failure is thrown, so that Event Grid delivers again. */
import { app } from '@azure/functions';
import { openApp } from '../shared/app.ts';
import { sinkOf } from '../shared/http/handler.ts';
import { toMessage } from '../shared/recordings/file-event.ts';
import { routeCall } from '../shared/routing/route-call.ts';

app.eventGrid('incomingCall', {
  handler: async (event, context) => {
    const { ledger, routing } = openApp(sinkOf(context));
    await routeCall(ledger, routing, event);
  },
});

app.eventGrid('recordingFileStatus', {
  handler: (event, context) => openApp(sinkOf(context)).archive.queue.send(toMessage(event)),
});
