/** One HTTP trigger per write that is no operation. */
import { app } from '@azure/functions';
import { httpHandler } from '../shared/http/handler.ts';
import { writes } from '../shared/http/writes.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { switchboard } from '../shared/start.ts';

for (const { name, method, path, answer } of writes) {
  app.http(name, {
    methods: [method],
    route: path,
    authLevel: 'function',
    extraInputs: [durableInput],
    handler: httpHandler(switchboard, answer),
  });
}
