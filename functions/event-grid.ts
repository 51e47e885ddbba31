/** The Event Grid triggers: incoming calls, and files of recordings. A failure is thrown, so that Event Grid delivers again. */
import { app } from '@azure/functions';
import { openApp } from '../shared/app.ts';
import { toMessage } from '../shared/recordings/file-event.ts';
import { routeCall } from '../shared/routing/route-call.ts';
import { durableInput } from '../shared/sequences/client.ts';

app.eventGrid('incomingCall', {
  extraInputs: [durableInput],
  handler: async (event, context) => {
    const { ledger, routing, sequences } = openApp(context);
    await routeCall(ledger, routing, sequences, event);
  },
});

app.eventGrid('recordingFileStatus', {
  handler: (event, context) => openApp(context).archive.queue.send(toMessage(event)),
});
