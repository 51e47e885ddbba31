/** One HTTP trigger per operation: a loop over the table. */
import { app } from '@azure/functions';
import { answerOperation } from '../shared/http/endpoints/operations.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { operations } from '../shared/operations/index.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { switchboard } from '../shared/start.ts';

for (const operation of operations) {
  app.http(operation.name, {
    methods: [operation.method],
    route: operation.path,
    authLevel: 'function',
    extraInputs: [durableInput],
    handler: httpHandler(switchboard, (invocation, request) => answerOperation(invocation, operation, request)),
  });
}
