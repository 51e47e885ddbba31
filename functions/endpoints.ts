/** One HTTP trigger per endpoint: a loop over the table. */
import { app } from '@azure/functions';
import { endpoints } from '../shared/http/endpoints/index.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { switchboard } from '../shared/start.ts';

for (const endpoint of endpoints) {
  app.http(endpoint.name, {
    methods: [endpoint.method],
    route: endpoint.path,
    authLevel: endpoint.roles.length === 0 ? 'anonymous' : 'function',
    extraInputs: [durableInput],
    handler: httpHandler(switchboard, endpoint.answer),
  });
}
