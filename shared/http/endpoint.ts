/**
 * What an endpoint is: one literal, from which its route, the parsing of its requests, its part of the OpenAPI document and
 * its contract tests are derived. A request is parsed once, before `handle`, and refused with every validation error at once.
 */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { Invocation } from '../app.ts';
import { type ErrorCode, type FieldError, invalidInput } from '../errors.ts';
import { type Received, receive, validate } from './receive.ts';
import { type Reply, toResponse } from './reply.ts';
import type { Role } from './roles.ts';

export type Shape = Readonly<Record<string, z.ZodType>>;

type ParameterNames<Path extends string> = string extends Path
  ? string
  : Path extends `${string}{${infer Name}}${infer Rest}`
    ? Name | ParameterNames<Rest>
    : never;

/** The values of the parameters of a path, decoded. */
export type PathValues<Path extends string> = Readonly<Record<ParameterNames<Path>, string>>;

/** One success of an endpoint. Without a schema it has no body. */
export interface Success<Result = unknown> {
  readonly status: 200 | 202 | 204 | 206 | 302 | 503;
  readonly description: string;
  readonly schema?: z.ZodType<Result>;
  /** The types of a file; JSON unless given. */
  readonly contentTypes?: readonly string[];
  /** What each response header says, by name; and those that only some responses have. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly optionalHeaders?: Readonly<Record<string, string>>;
}

export type Successes<Result> = readonly [Success<Result>, ...Success<Result>[]];

/** What every endpoint states of itself. */
export interface Described<Path extends string = string> {
  /** The name of its function, and its `operationId` in the OpenAPI document. */
  readonly name: string;
  readonly summary: string;
  /** Below `/api`. */
  readonly path: Path;
  /** The form of path parameters that name what the request creates; any other text is looked up. */
  readonly params?: Shape;
  /** The request headers that it reads. */
  readonly headers?: Shape;
  /** The codes of its problems, besides those that follow from the rest of the literal. */
  readonly errors?: readonly ErrorCode[];
  /** The caller needs one of them; where there are none it needs no key either. */
  readonly roles: readonly Role[];
}

/** An endpoint as the loops over the table see it. */
export interface Endpoint extends Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  readonly example?: unknown;
  readonly success: Successes<unknown>;
  answer(app: Invocation, request: HttpRequest): Promise<HttpResponseInit>;
}

/** A request that was found valid. `resource` is what `find` returned. */
export interface ValidRequest<Path extends string, Query extends Shape, Body extends z.ZodType, Resource> {
  readonly path: PathValues<Path>;
  readonly query: z.output<z.ZodObject<Query>>;
  readonly body: z.output<Body>;
  readonly resource: Resource;
  readonly received: Received;
}

interface Definition<Path extends string, Query extends Shape, Body extends z.ZodType, Resource, Result>
  extends Described<Path> {
  readonly method: Endpoint['method'];
  readonly success: Success<Result> | Successes<Result>;
  /** The query parameters; any other is refused. */
  readonly query?: Query;
  /** The body: a strict object. Without one the endpoint takes none but an empty object. */
  readonly body?: Body;
  readonly example?: NoInfer<z.input<Body>>;
  /** Loads what the path names. Throws the 404 or 410 that comes before any 422. */
  find?(app: Invocation, path: PathValues<Path>): Promise<Resource>;
  /** The validation errors that only the app can find, such as a URL that its settings do not allow. */
  check?(app: Invocation, received: Received, resource: NoInfer<Resource>): readonly FieldError[];
  handle(app: Invocation, request: ValidRequest<Path, Query, Body, NoInfer<Resource>>): Promise<Reply<NoInfer<Result>>>;
}

const noBody = z.strictObject({});

/** An endpoint whose handler gets valid requests only. */
export function defineEndpoint<Path extends string, Query extends Shape, Body extends z.ZodType, Resource, Result>(
  definition: Definition<Path, Query, Body, Resource, Result>,
): Endpoint {
  const pathSchema = z.object(definition.params ?? {});
  const querySchema = z.strictObject(definition.query ?? {});
  const bodySchema: z.ZodType = definition.body ?? noBody;
  const success = successesOf(definition.success);
  return {
    ...definition,
    query: querySchema,
    success,
    async answer(app, request) {
      const received = await receive(definition, request);
      const path = received.path as PathValues<Path>;
      const resource = (await definition.find?.(app, path)) as Resource;
      const query = validate(querySchema, received.query, 'unknown query parameter');
      const body = validate(bodySchema, received.fields);
      const errors = [
        ...received.errors,
        ...validate(pathSchema, received.path).errors,
        ...query.errors,
        ...(definition.check?.(app, received, resource) ?? []),
        ...body.errors,
      ];
      if (errors.length > 0) {
        throw invalidInput(errors);
      }
      const valid = { path, query: query.data, body: body.data, resource, received };
      const reply = await definition.handle(app, valid as ValidRequest<Path, Query, Body, Resource>);
      return toResponse(reply, success[0].status);
    },
  };
}

/** The successes of an endpoint that declares one or several. */
function successesOf<Result>(declared: Success<Result> | Successes<Result>): Successes<Result> {
  return 'status' in declared ? [declared] : declared;
}
