import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';
import { LogRecorder } from '../support/log-recorder.ts';

const log = new LogRecorder();
let host: Host;
beforeAll(async () => {
  host = await startHost({ root: appRoot('events'), log: log.sink });
});
afterAll(() => host.close());

const webhook = (functionName: string) => `${host.url}/runtime/webhooks/EventGrid?functionName=${functionName}`;

function deliver(functionName: string, body: unknown): Promise<Response> {
  const headers = { 'aeg-event-type': 'Notification' };
  return fetch(webhook(functionName), { method: 'POST', headers, body: JSON.stringify(body) });
}

const anEvent = (id: string) => ({
  id,
  subject: 'ok',
  eventType: 'Microsoft.Communication.IncomingCall',
  eventTime: '2026-01-01T00:00:00Z',
  dataVersion: '1.0',
  data: { Number: id },
});
const aCloudEvent = (id: string) => ({ specversion: '1.0', id, source: '/s', type: 't', data: { from: 'cloud' } });

const delivered = () => log.messagesOf('single').map((line) => JSON.parse(line) as { event: { id: string } });

it('runs the function once per event, with the event and its data', async () => {
  const response = await deliver('single', [anEvent('1'), anEvent('2')]);

  expect(response.status).toBe(202);
  expect(await response.text()).toBe('');
  expect(delivered()).toContainEqual({ event: anEvent('1'), metadata: { data: { number: '1' } } });
  expect(delivered()).toContainEqual({ event: anEvent('2'), metadata: { data: { number: '2' } } });
});

it('takes a CloudEvent by itself and in an array', async () => {
  const alone = await deliver('single', aCloudEvent('6'));
  const listed = await deliver('single', [aCloudEvent('7')]);

  expect([alone.status, listed.status]).toEqual([202, 202]);
  expect(delivered()).toContainEqual({ event: aCloudEvent('6'), metadata: { data: { from: 'cloud' } } });
});

it('gives all events at once to a function of cardinality many', async () => {
  await deliver('many', [anEvent('8'), anEvent('9')]);

  expect(log.messagesOf('many').map((line) => JSON.parse(line) as unknown)).toEqual([[anEvent('8'), anEvent('9')]]);
});
