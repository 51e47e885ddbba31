/** `/admin`: pings, keys, functions, and running one by hand. */

import { expect } from 'vitest';
import { bare, type Row } from './row.ts';
import type { Sent } from './target.ts';

const host = 'HostController.cs';
const keys = 'KeysController.cs';
const functions = 'FunctionsController.cs';

const json = { 'content-type': 'application/json; charset=utf-8' };
const master = { 'x-functions-key': '{master}' };
const read = (path: string): Sent => ({ path: `/admin/${path}`, headers: master });
const run = (name: string, body: unknown, type = 'application/json'): Sent => ({
  method: 'POST',
  path: `/admin/functions/${name}`,
  headers: { ...master, 'content-type': type },
  body,
});
const selfLink = [{ rel: 'self', href: expect.stringMatching(/^http/) }];
const aKey = expect.stringMatching(/^\S{10,}$/);

export const admin: readonly Row[] = [
  ...['GET', 'POST'].map((method) => ({
    does: `answers a ping without a key: ${method}`,
    source: `${host} (Ping)`,
    sent: { method, path: '/admin/host/ping' },
    status: 200,
    headers: { ...bare.headers, 'cache-control': 'no-store,no-cache', pragma: 'no-cache' },
    body: '',
  })),
  ...['GET', 'POST'].map((method) => ({
    does: `warms up without a key: ${method}`,
    source: 'WebScriptHostHttpRoutesManager.cs, ScriptRouteHandler.cs',
    sent: { method, path: '/admin/warmup' },
    status: 200,
    ...bare,
  })),
  ...(['GET nowhere', 'PUT host/status', 'GET '] as const).map((wanted) => {
    const [method = '', path] = wanted.split(' ');
    return {
      does: `answers a bare 404 to what it does not have, key or no key: ${wanted}`,
      source: 'WebJobsApplicationBuilderExtension.cs (UseMvc)',
      sent: { method, path: `/admin/${path}` },
      status: 404,
      ...bare,
    };
  }),
  {
    does: 'reports its state and version',
    source: `${host} (GetHostStatus), HostStatus.cs`,
    sent: read('host/status'),
    status: 200,
    headers: json,
    body: { state: 'Running', version: expect.stringMatching(/^4\./), processUptime: expect.any(Number) },
  },
  ...['keys', 'functionkeys'].map((scope) => ({
    does: `lists the keys for all functions: ${scope}`,
    source: keys,
    sent: read(`host/${scope}`),
    status: 200,
    headers: json,
    body: { keys: [{ name: 'default', value: aKey }], links: selfLink },
  })),
  {
    does: 'lists the keys for extensions, without the master key',
    source: keys,
    sent: read('host/systemkeys'),
    status: 200,
    headers: json,
    body: { keys: expect.arrayContaining([{ name: 'eventgrid_extension', value: aKey }]), links: selfLink },
  },
  {
    does: 'gives the master key by its name',
    source: keys,
    sent: read('host/systemkeys/_master'),
    status: 200,
    headers: json,
    body: { name: '_master', value: aKey, links: selfLink },
  },
  {
    does: 'gives a key by its name',
    source: keys,
    sent: read('host/keys/default'),
    status: 200,
    headers: json,
    body: { name: 'default', value: aKey },
  },
  { does: 'does not have every key', source: keys, sent: read('host/keys/nope'), status: 404, ...bare },
  {
    does: 'lists the keys of a function, whatever the case of its name',
    source: keys,
    sent: read('functions/FUNCTIONDOOR/keys'),
    status: 200,
    headers: json,
    body: { keys: [{ name: 'default', value: aKey }] },
  },
  {
    does: 'has no keys of a function that is not there',
    source: keys,
    sent: read('functions/missing/keys'),
    status: 404,
    ...bare,
  },
  {
    does: 'describes a function, whatever the case of its name',
    source: `${functions}, FunctionMetadataExtensions.cs`,
    sent: read('functions/ECHO'),
    status: 200,
    headers: json,
    body: {
      name: 'echo',
      href: expect.stringMatching(/\/admin\/functions\/echo$/),
      invoke_url_template: expect.stringMatching(/\/api\/echo\/\{id\?\}$/),
      language: 'node',
      isDisabled: false,
      config: expect.objectContaining({
        bindings: expect.arrayContaining([expect.objectContaining({ type: 'httpTrigger', direction: 'in' })]),
      }),
    },
  },
  {
    does: 'has no URL of a function that is not called over HTTP',
    source: 'FunctionMetadataExtensions.cs (GetFunctionInvokeUrlTemplate)',
    sent: read('functions/event'),
    status: 200,
    body: { name: 'event', invoke_url_template: null },
  },
  {
    does: 'does not describe what is not there',
    source: functions,
    sent: read('functions/missing'),
    status: 404,
    ...bare,
  },
  {
    does: 'reports that a function has no errors',
    source: `${functions} (GetFunctionStatus)`,
    sent: read('functions/echo/status'),
    status: 200,
    headers: json,
    body: {},
  },
  ...[{ input: '' }, {}].map((input) => ({
    does: `runs a timer by hand: ${JSON.stringify(input)}`,
    source: `${functions} (Invoke)`,
    sent: run('yearly', input),
    status: 202,
    ...bare,
    received: [expect.objectContaining({ isPastDue: false })],
  })),
  {
    does: 'runs a function with the input that it is given',
    source: `${functions} (Invoke)`,
    sent: run('EVENT', { input: '{"id":"1","data":{"A":1}}' }),
    status: 202,
    ...bare,
    received: [{ event: { id: '1', data: { A: 1 } }, data: { a: 1 } }],
  },
  ...[
    ['an input that the trigger cannot read', 'event', 'no JSON'],
    ['a function that is called over HTTP', 'echo', 'x'],
  ].map(([what, name = '', input]) => ({
    does: `answers 202 all the same: ${what}`,
    source: `${functions} (Invoke)`,
    sent: run(name, { input }),
    status: 202,
    ...bare,
    received: [],
  })),
  ...['', '{', '[]', '{"input":{"a":1}}'].map((body) => ({
    does: `answers 400 to what is no input: ${body}`,
    source: `${functions} (FromBody), FunctionInvocation.cs`,
    sent: run('yearly', body),
    status: 400,
    ...bare,
  })),
  {
    does: 'answers 415 to what is no JSON by its type',
    source: `${functions} (FromBody)`,
    sent: run('yearly', '{}', 'text/plain'),
    status: 415,
    ...bare,
  },
  { does: 'runs nothing that is not there', source: functions, sent: run('missing', {}), status: 404, ...bare },
];
