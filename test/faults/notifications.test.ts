/** The host is killed between the ledger's transaction and the queue, or between attempts: the notification is sent all the same, under one id. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../local/emulator/index.ts';
import { runTimer } from '../scenarios/recordings.ts';
import { type Api, apiAt, eventually } from '../support/api.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { type PassThrough, startProxy } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { settingsFor, storageUrl } from '../support/switchboard.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const test = ownHostOnly('kills the host');

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let emulator: Emulator;
let receiver: WebhookReceiver;
let queues: PassThrough;
let host: HostProcess;
let settings: Record<string, string>;
let port: number;
let api: Api;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  receiver = await startWebhookReceiver();
  queues = await startProxy(storageUrl('Queue'));
  port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  settings = {
    ...(await settingsFor(emulator, emulator.url, storageUrl('Table'), url, { queuesAt: queues.url })),
    NOTIFY_SWEEP_SECONDS: '1',
    NOTIFY_RETRY_SECONDS: '20',
    'AzureWebJobs.reconciliation.Disabled': 'true',
  };
  queues.only = String(settings.TABLE_PREFIX);
  host = await startHostProcess(port, settings);
  api = apiAt(`${url}/api`);
});
afterEach(() => {
  queues.onPass = () => {};
});
afterAll(async () => {
  await host.kill();
  await Promise.all([emulator.close(), receiver.close(), queues.close()]);
});

const isSending = (method: string, path: string) => method === 'POST' && path.includes('/messages');

test.each(['request', 'answer'] as const)(
  'the host that is killed at the %s of the queue has notified of its event once it is back',
  async (moment) => {
    const webhookId = `killed-at-${moment}`;
    const webhook = { url: `${receiver.url}/${webhookId}`, secret, eventTypes: ['CallConnected'] };
    await api('PUT', `webhooks/${webhookId}`, webhook);
    const died = new Promise<void>((resolve) => {
      queues.onPass = async ({ method, path }, at) => {
        if (isSending(method, path) && at === moment) {
          await host.kill();
          resolve();
          throw new Error('the host was killed');
        }
      };
    });
    const { body } = await api('POST', 'calls', { targets: ['+14255550123'], callerId: '+14255550100' });
    await died;
    queues.onPass = () => {};
    host = await startHostProcess(port, settings);
    const timeline = await api('GET', `calls/${body.callId}/timeline`);
    expect(timeline.body.items.map(({ event }: { event?: string }) => event)).toContain('CallConnected');
    await notifiedByHousekeeping(`/${webhookId}`, moment === 'answer' ? 2 : 1);
    const ids = receiver.at(`/${webhookId}`).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    await api('DELETE', `webhooks/${webhookId}`);
  },
);

test('the host that is killed between two attempts makes the second once it is back, and lists both', async () => {
  const webhook = { url: `${receiver.url}/between`, secret, eventTypes: ['CallConnected'] };
  await api('PUT', 'webhooks/between', webhook);
  receiver.answer = ({ path }) => (path === '/between' ? [503, {}, 'restarting'] : 204);
  await api('POST', 'calls', { targets: ['+14255550123'], callerId: '+14255550100' });
  const deliveries = async (status: string) =>
    (await api('GET', `webhooks/between/deliveries?status=${status}`)).body.items;
  const [pending] = await eventually(
    () => deliveries('pending'),
    ({ length }) => length > 0,
  );
  await host.kill();
  expect(receiver.at('/between')).toHaveLength(1);
  receiver.answer = () => 204;
  host = await startHostProcess(port, settings);
  expect(await deliveries('pending')).toEqual([pending]);
  const [delivered] = await eventually(
    () => deliveries('delivered'),
    ({ length }) => length > 0,
  );
  expect(delivered).toMatchObject({
    deliveryId: pending.deliveryId,
    attempts: [{ status: 503, response: 'restarting' }, { status: 204 }],
  });
  const ids = receiver.at('/between').map(({ headers }) => headers['webhook-id']);
  expect(ids).toEqual([pending.notificationId, pending.notificationId]);
  await api('DELETE', 'webhooks/between');
});

test('what an unavailable queue did not take is sent when it is back', async () => {
  await api('PUT', 'webhooks/unavailable', {
    url: `${receiver.url}/unavailable`,
    secret,
    eventTypes: ['CallConnected'],
  });
  queues.down = true;
  const call = { targets: ['+14255550123'], callerId: '+14255550100' };
  const { body } = await api('POST', 'calls', call, { prefer: 'wait=20' });
  expect(body).toMatchObject({ status: 'succeeded' });
  queues.down = false;
  await notifiedByHousekeeping('/unavailable', 1);
});

/** Runs housekeeping by hand until as many messages have come. */
async function notifiedByHousekeeping(path: string, count: number): Promise<void> {
  await eventually(
    async () => {
      await runTimer({ url: `http://127.0.0.1:${port}` }, 'housekeeping');
      return receiver.at(path).length;
    },
    (messages) => messages >= count,
  );
}
