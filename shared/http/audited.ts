/** Keeps the audit trail of requests: an entry is stored before the answer is sent. */
import type { HttpRequest } from '@azure/functions';
import type { Caller } from '../access/caller.ts';
import type { Invocation } from '../app.ts';
import { auditEntry, auditKindOf } from '../audit/audit-entry.ts';
import { errorName } from '../errors.ts';
import type { Endpoint } from './endpoint.ts';
import { requestIdOf } from './headers.ts';
import type { View } from './masking/view.ts';
import { readPath } from './path.ts';
import { statusOfProblem } from './problem.ts';
import type { ApiResponse } from './reply.ts';

/** A request to an endpoint by a caller who is known. */
interface Audited {
  readonly app: Invocation;
  readonly endpoint: Endpoint;
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly view: View;
}

/** Answers, and adds what the request changed or showed to the trail. */
export async function audited(asked: Audited, answer: () => Promise<ApiResponse>): Promise<ApiResponse> {
  const [outcome] = await Promise.allSettled([answer()]);
  const isAnswered = outcome.status === 'fulfilled';
  const { about = {}, ...response } = isAnswered
    ? outcome.value
    : { status: statusOfProblem(outcome.reason), headers: {} };
  try {
    await store(asked, response.status, about);
  } catch (error) {
    await discard(response);
    throw error;
  }
  if (!isAnswered) {
    throw asked.view.failure(outcome.reason);
  }
  return response;
}

/**
 * Stores the entry of a request. A read without one is refused: the data have not been sent. A change has happened, so its answer
 * is sent, and the log has the entry instead.
 */
async function store(
  { app, endpoint, request, caller, view }: Audited,
  status: number,
  about: Readonly<Record<string, string>>,
): Promise<void> {
  const isHead = request.method === 'HEAD';
  const kind = auditKindOf(endpoint, { status, isHead, hasShownPeople: view.hasShownPeople() });
  if (app.audit === undefined || kind === undefined) {
    return;
  }
  const entry = auditEntry({
    at: app.ledger.now(),
    caller,
    kind,
    endpoint,
    path: readPath(request, endpoint.path),
    about,
    status,
    requestId: requestIdOf(request, app.invocationId),
  });
  try {
    await app.audit.append(entry);
  } catch (error) {
    if (kind !== 'change' && kind !== 'refused') {
      throw error;
    }
    const { at, who, what, route } = entry;
    app.ledger.log.auditNotStored({ at, who, what, route, ...entry.about, status, error: errorName(error) });
  }
}

/** Closes what the body of an answer that is not sent would be read from. */
async function discard({ body }: ApiResponse): Promise<void> {
  if (typeof body === 'object') {
    await body[Symbol.asyncIterator]().return?.();
  }
}
