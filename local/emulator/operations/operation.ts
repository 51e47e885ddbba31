/** A REST operation of ACS: a literal with its route, its schemas, the events that follow, and its work. */

import type { z } from 'zod';
import type { ResultInformation } from '../calls/result-information.ts';
import type { CallbackKind } from '../event-kinds.ts';
import type { AcsError } from '../http/acs-error.ts';
import type { Answer } from '../http/message.ts';
import type { Resource } from '../resource.ts';
import type { Origin } from './operation-result.ts';

/** The input of an operation. */
export interface Context<Body> {
  readonly resource: Resource;
  /** The parsed body; `undefined` for operations that have none. */
  readonly body: Body;
  /** The decoded parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly apiVersion: string;
  /** Scheme and host of the request; links to further pages start with it. */
  readonly origin: string;
  /** The Range header, which only files take. */
  readonly range: string | undefined;
  /** The result of an injected failure: the request is accepted, then fails with this. */
  readonly fail: ResultInformation | undefined;
}

/** The response of an operation. */
interface Completion<Body> extends Pick<Answer, 'headers' | 'bytes'> {
  /** A success other than the usual one. */
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
  /** Whether it belongs to the storage host, outside ACS's swagger. */
  readonly isStorage?: true;
  /**
   * Whether ACS keeps the response under a Repeatability-Request-ID; `openly` also returns Repeatability-Result
   * (ACS-R12, mid-call operations).
   */
  readonly repeatable?: 'silently' | 'openly';
  readonly request?: Request;
  /** Whether null in the body removes what it names; elsewhere it is as if the member were left out. */
  readonly isMergePatch?: true;
  readonly response?: Response;
  /** The events that follow the operation. */
  readonly raises?: readonly CallbackKind[];
  /** The one of them that reports failure; only with it can a fault make the operation fail. */
  readonly failure?: CallbackKind;
  run(context: Context<z.output<Request>>): Completion<z.input<Response>> | Promise<Completion<z.input<Response>>>;
}

/**
 * The body of a refusal. SDKs read the storage host's `status` and `message` at its top; here it has ACS's form as
 * well.
 */
export function refusalBody({ isStorage }: Pick<Operation, 'isStorage'>, { status, message, body }: AcsError): object {
  return isStorage ? { status, message, ...body } : body;
}

/** Checks a literal against `Operation` and keeps its schemas' types for `run`. */
export function defineOperation<Request extends z.ZodType, Response extends z.ZodType>(
  operation: Operation<Request, Response>,
): Operation<Request, Response> {
  return operation;
}
