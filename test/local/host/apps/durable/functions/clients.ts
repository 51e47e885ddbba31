import { app } from '@azure/functions';
import * as df from 'durable-functions';

const isTime = (name: string) => name.startsWith('createdTime');
const revive = (name: string, value: unknown) => (isTime(name) ? new Date(String(value)) : value);

/** Calls a method of the library's client with the arguments in the body. */
app.http('client', {
  methods: ['POST'],
  route: 'client/{method}',
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client: object = df.getClient(context);
    const call: unknown = Reflect.get(client, String(request.params.method));
    const args: unknown[] = JSON.parse(await request.text(), revive);
    try {
      if (typeof call !== 'function') {
        throw new Error(`The client has no ${request.params.method}.`);
      }
      return { jsonBody: { answer: (await Reflect.apply(call, client, args)) ?? null } };
    } catch (error) {
      return { jsonBody: { error: error instanceof Error ? error.message : error } };
    }
  },
});
