/** Instances as they are: one, or those that a filter lets through. */

import { hasEnded } from '../instance.ts';
import { answer } from './answers.ts';
import { type ApiRequest, instanceOf } from './endpoint.ts';
import { filterIn } from './filter.ts';
import { statusOf } from './status.ts';

const continuation = 'x-ms-continuation-token';

/** 200 for one that has ended, 202 for one that has not; 500 for one that failed, when the query asks for that. */
export async function show(request: ApiRequest): Promise<void> {
  await answerStatus(request, request.query.flag('returnInternalServerErrorOnFailure', false));
}

/** Answers with the status of the instance in the path, with as much as the query asks for. */
export async function answerStatus(request: ApiRequest, isFailureAnError: boolean): Promise<void> {
  const { exchange, query } = request;
  const { instance, history } = await instanceOf(request);
  const isOver = hasEnded(instance);
  if (!isOver) {
    exchange.response.setHeader('location', exchange.url.href);
    exchange.response.setHeader('retry-after', '5');
  }
  const status = statusOf(instance, {
    input: query.flag('showInput', true),
    output: query.flag('showHistoryOutput', false),
    ...(query.flag('showHistory', false) && { history }),
  });
  const whenOver = isFailureAnError && instance.status === 'Failed' ? 500 : 200;
  answer(exchange.response, isOver ? whenOver : 202, status);
}

/** A page of at most `top`; the token for the next is in the header of answer and next request. */
export async function list({ hub, exchange, query }: ApiRequest): Promise<void> {
  const { request, response } = exchange;
  const token = request.headers[continuation];
  const pageSize = query.number('top') ?? 100;
  const page = await hub.listing.page(filterIn(query), pageSize, typeof token === 'string' ? token : undefined);
  if (page.nextToken !== undefined) {
    response.setHeader(continuation, page.nextToken);
  }
  const input = query.flag('showInput', true);
  answer(
    response,
    200,
    page.instances.map((instance) => statusOf(instance, { input, output: false })),
  );
}
