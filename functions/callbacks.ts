/** The callback that ACS calls: open to the network, because each request carries a token that ACS signed. */
import { app } from '@azure/functions';
import { callbackRoute, receiveCallbacks } from '../shared/http/endpoints/callbacks.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { switchboard } from '../shared/start.ts';

app.http('callbacks', {
  methods: [callbackRoute.method],
  route: callbackRoute.path,
  authLevel: 'anonymous',
  extraInputs: [durableInput],
  handler: httpHandler(switchboard, receiveCallbacks),
});
