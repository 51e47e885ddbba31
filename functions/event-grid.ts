/** The Event Grid trigger that announces incoming calls. A failure is thrown, so that Event Grid delivers again. */
import { app } from '@azure/functions';
import { openApp } from '../shared/app.ts';
import { sinkOf } from '../shared/http/handler.ts';
import { routeCall } from '../shared/routing/route-call.ts';

app.eventGrid('incomingCall', {
  handler: async (event, context) => {
    const { ledger, routing } = openApp(sinkOf(context));
    await routeCall(ledger, routing, event);
  },
});
