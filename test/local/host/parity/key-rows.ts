/** Keys: which opens what, and how the others are refused. */

import { bare, type Row } from './row.ts';
import type { Sent } from './target.ts';

const levels = 'SecretManager.cs (GetAuthorizationLevelAsync), AuthLevelAuthorizationHandler.cs';
const given = 'AuthenticationLevelHandler.cs';
const policies = 'AuthorizationOptionsExtensions.cs';

const byHeader = (path: string, key: string): Sent => ({ path, headers: { 'x-functions-key': key } });
const opened = { status: 200, body: 'open' } as const;
const refused = { status: 401, headers: { ...bare.headers, 'www-authenticate': undefined }, body: '' } as const;
const unknownToHost = { status: 401, headers: { ...bare.headers, 'www-authenticate': 'Bearer' }, body: '' } as const;
const forbidden = { status: 403, headers: { ...bare.headers, 'www-authenticate': undefined }, body: '' } as const;

const webhook = '/runtime/webhooks/EventGrid?functionName=event';
const unsubscribed = { 'aeg-event-type': 'Unsubscribe' };

export const keys: readonly Row[] = [
  {
    does: 'asks nothing of who calls an anonymous function',
    source: given,
    sent: { path: '/api/anonymousDoor' },
    ...opened,
  },
  {
    does: 'does not mind a wrong key there',
    source: 'FunctionInvocationMiddleware.cs (RequiresAuthz)',
    sent: byHeader('/api/anonymousDoor', 'wrong'),
    ...opened,
  },
  ...['{functionDoor}', '{host}', '{master}'].map((key) => ({
    does: `opens a function to ${key}`,
    source: levels,
    sent: byHeader('/api/functionDoor', key),
    ...opened,
  })),
  ...['', 'wrong', '{otherDoor}', '{eventGrid}'].map((key) => ({
    does: `does not open a function to "${key}"`,
    source: levels,
    sent: byHeader('/api/functionDoor', key),
    ...refused,
  })),
  { does: 'does not open a function without a key', source: given, sent: { path: '/api/functionDoor' }, ...refused },
  {
    does: 'opens an admin function to {master}',
    source: levels,
    sent: byHeader('/api/masterDoor', '{master}'),
    ...opened,
  },
  ...['{host}', '{eventGrid}', ''].map((key) => ({
    does: `does not open an admin function to "${key}"`,
    source: levels,
    sent: byHeader('/api/masterDoor', key),
    ...refused,
  })),
  {
    does: 'takes the key from the query',
    source: given,
    sent: { path: '/api/functionDoor?code={host}' },
    ...opened,
  },
  {
    does: 'takes the key from the query whatever the case of the name',
    source: `${given} (IQueryCollection)`,
    sent: { path: '/api/functionDoor?CODE={host}' },
    ...opened,
  },
  {
    does: 'looks at the header alone where there is one, even an empty one',
    source: given,
    sent: { path: '/api/functionDoor?code={host}', headers: { 'x-functions-key': '' } },
    ...refused,
  },
  {
    does: 'looks at the first of several keys',
    source: given,
    sent: { path: '/api/functionDoor?code=wrong&code={host}' },
    ...refused,
  },
  {
    does: 'opens /admin to {master}',
    source: policies,
    sent: byHeader('/admin/host/status', '{master}'),
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: { state: 'Running' },
  },
  ...['{host}', '{eventGrid}'].map((key) => ({
    does: `forbids /admin to ${key}, which is valid elsewhere`,
    source: policies,
    sent: byHeader('/admin/host/status', key),
    ...forbidden,
  })),
  ...['wrong', ''].map((key) => ({
    does: `does not know who comes to /admin with "${key}"`,
    source: policies,
    sent: byHeader('/admin/host/status', key),
    ...unknownToHost,
  })),
  {
    does: 'forbids /admin to the key of a function, which is not looked at there',
    source: levels,
    sent: byHeader('/admin/host/status', '{functionDoor}'),
    ...unknownToHost,
  },
  ...['{eventGrid}', '{master}'].map((key) => ({
    does: `opens the webhook of an extension to ${key}`,
    source: policies,
    sent: { method: 'POST', path: `${webhook}&code=${key}`, headers: unsubscribed },
    status: 202,
    ...bare,
  })),
  {
    does: 'forbids the webhook of an extension to {host}',
    source: policies,
    sent: { method: 'POST', path: `${webhook}&code={host}`, headers: unsubscribed },
    ...forbidden,
  },
  {
    does: 'does not know who comes to a webhook without a key',
    source: policies,
    sent: { method: 'POST', path: webhook, headers: unsubscribed },
    ...unknownToHost,
  },
  {
    does: 'asks for a key before it looks for the extension',
    source: 'HostController.cs (ExtensionWebHookHandler)',
    sent: { method: 'POST', path: '/runtime/webhooks/missing' },
    ...unknownToHost,
  },
  {
    does: 'does not have every extension',
    source: 'HostController.cs (ExtensionWebHookHandler)',
    sent: { method: 'POST', path: '/runtime/webhooks/missing?code={master}' },
    status: 404,
    ...bare,
  },
];
