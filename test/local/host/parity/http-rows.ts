/** HTTP functions: routes, what a streamed request looks like to a function, and answers. */

import { expect } from 'vitest';
import { bare, type Row } from './row.ts';

const order = 'FunctionMetadataManager.cs, WebJobsRouter.cs of azure-webjobs-sdk-extensions, #3153, #9876';
const merge = 'HttpTriggerAttributeBindingProvider.cs of azure-webjobs-sdk-extensions';
const proxy = 'DefaultHttpProxyService.cs';
const unmatched = 'WebJobsApplicationBuilderExtension.cs (UseHttpBindingRouting)';

const including = (members: object) => expect.objectContaining(members);
const anId = expect.stringMatching(/^[0-9a-f-]{36}$/);

export const routes: readonly Row[] = [
  {
    does: 'tries routes by function name: a constrained parameter whose function comes first',
    source: order,
    sent: { path: '/api/items/7' },
    status: 200,
    body: 'first',
  },
  {
    does: 'takes the next route that matches',
    source: order,
    sent: { path: '/api/items/a' },
    status: 200,
    body: 'second',
  },
  {
    does: 'prefers the earlier name where a default makes two routes match',
    source: order,
    sent: { path: '/api/items/a/' },
    status: 200,
    body: 'second',
  },
  {
    does: 'matches whatever the case',
    source: unmatched,
    sent: { path: '/API/Items/a/b' },
    status: 200,
    body: { params: { name: 'a', part: 'b' } },
  },
  ...['/api/nowhere', '/api/items/a//b', '//api/items/a', '/nowhere', '/runtime', '/runtime/webhooks'].map((path) => ({
    does: `answers a bare 404 where no route matches: ${path}`,
    source: unmatched,
    sent: { path },
    status: 404,
    ...bare,
  })),
  ...['DELETE', 'OPTIONS', 'PATCH'].map((method) => ({
    does: `answers a bare 404 where no function has the method: ${method}`,
    source: unmatched,
    sent: { method, path: '/api/echo/1' },
    status: 404,
    ...bare,
  })),
  ...['GET', 'POST', 'DELETE'].map((method) => ({
    does: `shows a home page to ${method}`,
    source: 'HomepageMiddleware.cs',
    sent: { method, path: '/' },
    status: 200,
    headers: { 'content-type': 'text/html' },
  })),
];

export const answers: readonly Row[] = [
  {
    does: 'names itself in every answer',
    source: 'Kestrel (AddServerHeader)',
    sent: { path: '/api/nowhere' },
    status: 404,
    headers: { server: 'Kestrel' },
  },
  {
    does: 'leaves a function its own Server header',
    source: 'Kestrel (AddServerHeader)',
    sent: { path: '/api/headers' },
    status: 418,
    headers: { server: 'own', 'x-brew': 'tea' },
    body: 'short and stout',
  },
  {
    does: 'puts the id of the invocation on the answer of a function',
    source: proxy,
    sent: { path: '/api/echo/1' },
    status: 200,
    headers: { 'x-ms-invocation-id': anId },
    body: { invocationId: anId },
  },
  {
    does: 'puts no id of an invocation on other answers',
    source: proxy,
    sent: { path: '/admin/host/ping' },
    status: 200,
    headers: { 'x-ms-invocation-id': undefined },
  },
];

export const requests: readonly Row[] = [
  {
    does: 'gives a function members of the body, the query and the route as parameters, all but arrays, objects and null',
    source: merge,
    sent: {
      method: 'POST',
      path: '/api/echo/1?a=2&q=x&q=y&code=z&z',
      body: { a: 1, b: true, c: null, d: [1], e: { x: 1 }, f: 'text', g: 1.5, i: false, k: '' },
    },
    status: 200,
    body: {
      params: { a: '2', b: 'True', f: 'text', g: '1.5', i: 'False', k: '', q: 'y', z: '', id: '1' },
    },
  },
  {
    does: 'keeps the first spelling of a name and the last value: a member of the body hides a parameter of the route',
    source: merge,
    sent: { method: 'POST', path: '/api/echo/route', body: { ID: 'body' } },
    status: 200,
    body: { params: { ID: 'route' } },
  },
  {
    does: 'has the route win over the query, even where it has no value',
    source: merge,
    sent: { path: '/api/echo?ID=query' },
    status: 200,
    body: { params: {} },
  },
  {
    does: 'reads JSON of any content type, and of any method',
    source: merge,
    sent: { path: '/api/echo/1', headers: { 'content-type': 'text/plain' }, body: ' {"a":1} ' },
    status: 200,
    body: { params: { a: '1', id: '1' }, body: '' },
  },
  {
    does: 'reads no member of an array',
    source: merge,
    sent: { method: 'POST', path: '/api/echo/1', body: [{ a: 1 }] },
    status: 200,
    body: { params: { id: '1' }, body: '[{"a":1}]' },
  },
  {
    does: 'passes a chunked body on, without reading members of it',
    source: `${merge}, ${proxy}`,
    sent: { method: 'POST', path: '/api/echo/1', body: { a: 1 }, isChunked: true },
    status: 200,
    body: { params: { id: '1' }, body: '{"a":1}', headers: including({ 'transfer-encoding': 'chunked' }) },
  },
  {
    does: 'adds the headers only if there are none: a parameter of that name replaces them',
    source: merge,
    sent: { path: '/api/echo/1?Headers=x' },
    status: 200,
    body: { headers: {}, params: { id: '1' } },
  },
  {
    does: 'gives a parameter that is spelled headers as such, and no headers',
    source: merge,
    sent: { path: '/api/echo/1?headers=x' },
    status: 200,
    body: { headers: {}, params: { headers: 'x', id: '1' } },
  },
  {
    does: 'takes an object of that name in the body for the headers',
    source: merge,
    sent: { method: 'POST', path: '/api/echo/1', body: { Headers: { 'x-mine': '1' } } },
    status: 200,
    body: { headers: { 'x-mine': '1' } },
  },
  {
    does: 'joins repeated headers by a comma alone, cookies too',
    source: 'GrpcMessageConversionExtensions.cs (StringValues)',
    sent: { path: '/api/echo/1', headers: { 'x-a': ['1', '2'], cookie: ['a=1', 'b=2'], 'x-empty': '' } },
    status: 200,
    body: { headers: including({ 'x-a': '1,2', cookie: 'a=1,b=2', 'x-empty': '' }) },
  },
  {
    does: 'leaves forwarding headers to the function and builds the URL without them',
    source: 'Yarp.ReverseProxy (HttpTransformer.Default)',
    sent: {
      path: '/api/echo/1',
      headers: { host: 'example.com', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    },
    status: 200,
    body: { url: 'http://example.com/api/echo/1', headers: including({ 'x-forwarded-host': 'evil.example' }) },
  },
  {
    does: 'decodes parameters once, all but an encoded slash, which it encodes again in the URL',
    source: 'Kestrel (PathString), Yarp.ReverseProxy (RequestUtilities)',
    sent: { path: '/api/echo/a%2Fb%20c?x=a%2Bb+c' },
    status: 200,
    body: {
      url: expect.stringContaining('/api/echo/a%252Fb%20c?x=a%2Bb+c'),
      params: { x: 'a+b c', id: 'a%2Fb c' },
      query: { x: 'a+b c' },
    },
  },
  {
    does: 'keeps a plus sign in the path',
    source: 'Kestrel (PathString)',
    sent: { path: '/api/echo/4:+1(425)%C3%A9%25' },
    status: 200,
    body: { url: expect.stringContaining('/api/echo/4:+1(425)%C3%A9%25'), params: { id: '4:+1(425)é%' } },
  },
  {
    does: 'answers 500 to a body over 100 MB that says so',
    source: 'Program.cs (MaxRequestBodySize), ExceptionMiddleware.cs',
    sent: { method: 'POST', path: '/api/echo/1', headers: { 'content-length': '104857601' } },
    status: 500,
    ...bare,
  },
];
