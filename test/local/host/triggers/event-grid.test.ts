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

function deliver(functionName: string, body: unknown, eventType = 'Notification'): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(webhook(functionName), { method: 'POST', headers: { 'aeg-event-type': eventType }, body: text });
}

const anEvent = (id: string, subject = 'ok') => ({
  id,
  subject,
  eventType: 'Microsoft.Communication.IncomingCall',
  eventTime: '2026-01-01T00:00:00Z',
  dataVersion: '1.0',
  data: { Number: id },
});
const aCloudEvent = (id: string) => ({ specversion: '1.0', id, source: '/s', type: 't', data: { from: 'cloud' } });

const delivered = () => log.messagesOf('single').map((line) => JSON.parse(line) as { event: { id: string } });

it('gives the validation code of a handshake back', async () => {
  const response = await deliver('single', [{ data: { validationCode: 'abc' } }], 'SubscriptionValidation');

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ validationResponse: 'abc' });
});

it('runs the function once per event, with the event and its data', async () => {
  const response = await deliver('single', [anEvent('1'), anEvent('2')]);

  expect(response.status).toBe(202);
  expect(await response.text()).toBe('');
  expect(delivered()).toContainEqual({ event: anEvent('1'), metadata: { data: { number: '1' } } });
  expect(delivered()).toContainEqual({ event: anEvent('2'), metadata: { data: { number: '2' } } });
});

it('answers 500 when one of the events failed, and still runs the others', async () => {
  const response = await deliver('single', [anEvent('3'), anEvent('4', 'fail'), anEvent('5')]);

  expect(response.status).toBe(500);
  expect(delivered().map(({ event }) => event.id)).toEqual(expect.arrayContaining(['3', '4', '5']));
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

it('answers 202 to an unsubscription and ignores the case of the header', async () => {
  expect((await deliver('single', '', 'UNSUBSCRIBE')).status).toBe(202);
});

it('answers 404 to an unknown function and an unknown extension', async () => {
  const response = await deliver('nobody', [anEvent('1')]);

  expect(response.status).toBe(404);
  expect(await response.text()).toBe('No function "nobody" has this webhook.');
  expect((await fetch(`${host.url}/runtime/webhooks/SignalR`)).status).toBe(404);
});

it.each([
  ['JSON that does not parse', '{"id":', 'Notification', /is no Event Grid delivery/],
  ['an event without a type', [{ id: '1' }], 'Notification', /as element 0/],
  ['an event that is no object', ['1'], 'Notification', /as element 0/],
  ['a handshake without a code', [{ data: {} }], 'SubscriptionValidation', /data\.validationCode/],
  ['an unknown event type', [], 'Surprise', /not "Surprise"/],
])('answers 400 to %s', async (_, body, eventType, says) => {
  const response = await deliver('single', body, eventType);

  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(says);
});

it('answers 400 to what is no POST', async () => {
  expect((await fetch(webhook('single'), { headers: { 'aeg-event-type': 'Notification' } })).status).toBe(400);
});

it('agrees to the CloudEvents handshake of any origin', async () => {
  const headers = { 'webhook-request-origin': 'eventgrid.azure.net' };

  const response = await fetch(webhook('single'), { method: 'OPTIONS', headers });

  expect(response.status).toBe(200);
  expect(response.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
  expect((await fetch(webhook('single'), { method: 'OPTIONS' })).status).toBe(400);
});
