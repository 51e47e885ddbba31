/** One HTTP trigger per read. */
import { app } from '@azure/functions';
import { httpHandler } from '../shared/http/handler.ts';
import { reads } from '../shared/http/reads.ts';
import { durableInput } from '../shared/sequences/runtime/client.ts';
import { switchboard } from '../shared/start.ts';

for (const { name, path, answer } of reads) {
  app.http(name, {
    methods: ['GET'],
    route: path,
    authLevel: 'function',
    extraInputs: [durableInput],
    handler: httpHandler(switchboard, answer),
  });
}
