/** HTTP functions of an app that does not stream: what a request looks like to them, and answers. */

import { expect } from 'vitest';
import { bare, type Row } from './row.ts';

const conversion = 'GrpcMessageConversionExtensions.cs (ToRpcHttp)';

export const buffered: readonly Row[] = [
  {
    does: 'has no id of the invocation on the answer',
    source: 'DefaultHttpProxyService.cs',
    sent: { path: '/api/echo/1', headers: { 'x-ms-invocation-id': 'mine' } },
    status: 200,
    headers: { 'x-ms-invocation-id': undefined, server: 'Kestrel' },
  },
  {
    does: 'gives a function the parameters of the route alone',
    source: conversion,
    sent: { method: 'POST', path: '/api/echo/route?a=1', body: { ID: 'body' } },
    status: 200,
    body: { params: { id: 'route' }, body: '{"ID":"body"}' },
  },
  {
    does: 'joins repeated query values by a comma, and names that differ in case alone',
    source: `${conversion}, IQueryCollection`,
    sent: { path: '/api/echo/1?q=1&q=2&Q=3&z' },
    status: 200,
    body: { query: { q: '1,2,3', z: '' } },
  },
  {
    does: 'drops a chunked body',
    source: `${conversion}: ContentLength > 0`,
    sent: { method: 'POST', path: '/api/echo/1', body: { a: 1 }, isChunked: true },
    status: 200,
    body: { body: '' },
  },
  {
    does: 'leaves an encoded slash in the URL',
    source: `${conversion}, PathString`,
    sent: { path: '/api/echo/a%2Fb%20c?x=a%2Bb+c' },
    status: 200,
    body: { url: expect.stringMatching(/\/api\/echo\/a%2Fb%20c\?x=a%2Bb\+c$/), params: { id: 'a%2Fb c' } },
  },
  {
    does: 'answers 204 for a function that returns nothing',
    source: 'HttpBinding.cs (SetResponse: an ObjectResult of null)',
    sent: { path: '/api/nothing' },
    status: 204,
    headers: { 'content-type': undefined, 'content-length': undefined },
    body: '',
  },
  {
    does: 'answers 500 for a function that throws',
    source: 'ExceptionMiddleware.cs',
    sent: { path: '/api/throws' },
    status: 500,
    ...bare,
  },
  {
    does: 'leaves a function its own headers',
    source: 'RawScriptResult.cs',
    sent: { path: '/api/headers' },
    status: 418,
    headers: { server: 'own', 'x-brew': 'tea' },
    body: 'short and stout',
  },
  {
    does: 'answers 500 to a body over 100 MB that says so',
    source: 'Program.cs (MaxRequestBodySize), ExceptionMiddleware.cs',
    sent: { method: 'POST', path: '/api/echo/1', headers: { 'content-length': '104857601' } },
    status: 500,
    ...bare,
  },
];
