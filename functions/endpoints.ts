/**
 * One HTTP trigger per endpoint: a loop over the table. The app identifies callers itself, so none asks for a key of the host. One
 * more takes the requests that none of these takes.
 */
import { app } from '@azure/functions';
import { answerOf } from '../shared/http/answer-endpoint.ts';
import { answerUnmatched, routed } from '../shared/http/endpoints/index.ts';
import { methodsServed } from '../shared/http/endpoints/unmatched.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { switchboard } from '../shared/start.ts';

// Files and streams of events are sent as they are read.
app.setup({ enableHttpStream: true });

for (const endpoint of routed) {
  app.http(endpoint.name, {
    methods: [...methodsServed(endpoint)],
    route: endpoint.path,
    authLevel: 'anonymous',
    extraInputs: [durableInput],
    handler: httpHandler(switchboard, answerOf(endpoint)),
  });
}

// Azure tries routes in order of function name: this one has to be the last.
app.http('zUnmatched', {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  route: '{*unmatched}',
  authLevel: 'anonymous',
  extraInputs: [durableInput],
  handler: httpHandler(switchboard, answerUnmatched),
});
