/** What a REST operation of ACS is: a literal with its route, its schemas, the events it leads to, and what it does. */

import type { z } from 'zod';
import type { ResultInformation } from '../calls/result-information.ts';
import type { CallbackKind } from '../event-kinds.ts';
import type { AcsError } from '../http/acs-error.ts';
import type { Answer } from '../http/message.ts';
import type { Resource } from '../resource.ts';
import type { Origin } from './operation-result.ts';

/** What an operation gets to work with. */
export interface Context<Body> {
  readonly resource: Resource;
  /** The parsed body; `undefined` for operations that have none. */
  readonly body: Body;
  /** The decoded parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly apiVersion: string;
  /** Scheme and host that the client asked; links to further pages start with it. */
  readonly origin: string;
  /** The Range header, which only files take. */
  readonly range: string | undefined;
  /** Set by a fault: take the request, then fail with this. */
  readonly fail: ResultInformation | undefined;
}

/** What an operation answers. */
interface Completion<Body> extends Pick<Answer, 'headers' | 'bytes'> {
  /** Another success than the usual one. */
  readonly status?: number;
  readonly body?: Body;
  /** The connection that the operation acted on: names the chain id, and the call whose events follow. */
  readonly connection?: Origin;
}

export interface Operation<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
  /** The operation id of ACS's swagger in camelCase; faults and the log use it. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** See `pathMatcher`. */
  readonly path: string;
  /** The status of success; SDKs take no other. */
  readonly status: number;
  /** Whether it is asked of the storage host, outside ACS's swagger. */
  readonly isStorage?: true;
  /** Whether ACS keeps the answer under a Repeatability-Request-ID, and says so (ACS-R12, mid-call operations). */
  readonly repeatable?: 'silently' | 'openly';
  readonly request?: Request;
  readonly response?: Response;
  /** The events that tell how the operation ended. */
  readonly raises?: readonly CallbackKind[];
  /** The one of them that tells of failure; only with it can a fault make the operation fail. */
  readonly failure?: CallbackKind;
  run(context: Context<z.output<Request>>): Completion<z.input<Response>> | Promise<Completion<z.input<Response>>>;
}

/** The body of a refusal. SDKs read the storage host's `status` and `message` at its top; ACS's form is there too (ours). */
export function refusalBody({ isStorage }: Pick<Operation, 'isStorage'>, { status, message, body }: AcsError): object {
  return isStorage ? { status, message, ...body } : body;
}

/** Checks a literal against `Operation` and keeps its schemas' types for `run`. */
export function defineOperation<Request extends z.ZodType, Response extends z.ZodType>(
  operation: Operation<Request, Response>,
): Operation<Request, Response> {
  return operation;
}
