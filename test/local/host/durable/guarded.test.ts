import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiAt } from '../../../support/api.ts';
import { temporaryData } from '../support/apps.ts';
import { type DurableHost, startDurable } from './support.ts';

const data = await temporaryData();
let durable: DurableHost;

beforeAll(async () => {
  durable = await startDurable({ enableAuth: true, dataDirectory: data.path });
});
afterAll(async () => {
  await durable.host.close();
  await data.remove();
});

it('refuses to manage orchestrations without the key, and gives it to clients', async () => {
  const stranger = await durable.api('POST', 'orchestrators/chain', ['Ann']);
  const client = (method: string, ...args: unknown[]) =>
    apiAt(`${durable.host.url}/api`)('POST', `client/${method}`, args).then(({ body }) => body.answer);

  const id = await client('startNew', 'chain', { input: ['Ann'] });
  const { statusQueryGetUri } = await client('createHttpManagementPayload', id);

  expect(stranger.status).toBe(401);
  expect(await (await fetch(statusQueryGetUri)).json()).toMatchObject({ instanceId: id, name: 'chain' });
});
