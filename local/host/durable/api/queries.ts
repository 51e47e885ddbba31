/** Instances as they are: one, or those that a filter lets through. */

import { RequestError } from '../../http/request-error.ts';
import { writeStatus } from '../../http/response.ts';
import { hasEnded } from '../instance.ts';
import { type ApiRequest, isAsked, noSuchInstance } from './endpoint.ts';
import { filterIn } from './filter.ts';
import { statusOf } from './status.ts';

const continuation = 'x-ms-continuation-token';

/** 200 for one that has ended, 202 for one that has not. */
export async function show({ hub, exchange, parameters: [id = ''], query }: ApiRequest): Promise<void> {
  const told = await hub.orchestrations.read(id);
  if (told === undefined) {
    throw noSuchInstance(id);
  }
  const isOver = hasEnded(told.instance);
  if (!isOver) {
    exchange.response.setHeader('location', exchange.url.href);
    exchange.response.setHeader('retry-after', '5');
  }
  const history = isAsked(query, 'showHistory') ? told.history : undefined;
  const showOutput = isAsked(query, 'showHistoryOutput');
  const status = statusOf(told.instance, isAsked(query, 'showInput', true), history && { history, showOutput });
  writeStatus(exchange.response, isOver ? 200 : 202, status);
}

/** A page of at most `top`; the token for the next is in the header of answer and next request. */
export async function list({ hub, exchange, query }: ApiRequest): Promise<void> {
  const { request, response } = exchange;
  const token = request.headers[continuation];
  const pageSize = pageSizeIn(query);
  const page = await hub.listing.page(filterIn(query), pageSize, typeof token === 'string' ? token : undefined);
  if (page.nextToken !== undefined) {
    response.setHeader(continuation, page.nextToken);
  }
  const showInput = isAsked(query, 'showInput', true);
  writeStatus(
    response,
    200,
    page.instances.map((instance) => statusOf(instance, showInput)),
  );
}

function pageSizeIn(query: URLSearchParams): number {
  const top = query.get('top') ?? '100';
  if (!/^[1-9]\d{0,2}$/.test(top)) {
    throw new RequestError(400, `Expected a number from 1 to 999 in top, not "${top}".`);
  }
  return Number(top);
}
