/**
 * What an endpoint is: one literal, from which its route, the parsing of its requests, its part of the OpenAPI document and
 * its contract tests are derived. A request is parsed once, before `handle`, and refused with every validation error at once.
 */
import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';
import type { Invocation } from '../app.ts';
import { type ErrorCode, type FieldError, invalidInput } from '../errors.ts';
import { answerUnlessKnown, etagOfView, type Version } from './conditional.ts';
import { maskedFields, type View } from './masking/view.ts';
import { type Received, receive, validate } from './receive.ts';
import { type ApiResponse, type Reply, toResponse } from './reply.ts';
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
  readonly status: 200 | 201 | 202 | 204 | 206 | 302 | 503;
  readonly description: string;
  /** Names the response where several endpoints have it. */
  readonly id?: string;
  readonly schema?: z.ZodType<Result>;
  /** The types of a file; JSON unless given. */
  readonly contentTypes?: readonly string[];
  /** It is sent as plain text as well, where the query asks for that. */
  readonly text?: boolean;
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
  /** What it reads where that is no resource, or a POST that changes nothing: the audit trail has reads of recordings. */
  readonly reads?: 'recording' | 'resources';
  /** The caller needs one of them; where there are none it needs no credential either. */
  readonly roles: readonly Role[];
}

/** An endpoint as the loops over the table see it. */
export interface Endpoint extends Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  readonly example?: unknown;
  readonly success: Successes<unknown>;
  answer(app: Invocation, request: HttpRequest, view: View): Promise<ApiResponse>;
}

/** A request that was found valid. `resource` is what `find` returned. */
export interface ValidRequest<Path extends string, Query extends Shape, Body extends z.ZodType, Resource> {
  readonly path: PathValues<Path>;
  readonly query: z.output<z.ZodObject<Query>>;
  readonly body: z.output<Body>;
  readonly resource: Resource;
  readonly received: Received;
  /** How the caller sees the answer, for one that is made as it is sent. */
  readonly view: View;
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
  /**
   * The version of what `find` loaded, which changes with every change of the response: the ETag is made of it, and an
   * unchanged resource is answered before anything else is read. Without one the ETag is made of the response.
   */
  version?(resource: NoInfer<Resource>, query: z.output<z.ZodObject<Query>>): Version | undefined;
  /** The validation errors that only the app can find, such as a URL that its settings do not allow. */
  check?(
    app: Invocation,
    received: Received,
    resource: NoInfer<Resource>,
  ): readonly FieldError[] | Promise<readonly FieldError[]>;
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
    async answer(app, request, view) {
      const received = await receive(definition, request);
      const path = received.path as PathValues<Path>;
      const resource = (await definition.find?.(app, path)) as Resource;
      const query = validate(querySchema, received.query, 'unknown query parameter');
      const body = validate(bodySchema, received.fields);
      const errors = [
        ...received.errors,
        ...(view.seesPeople ? [] : maskedFields(received.fields)),
        ...validate(pathSchema, received.path).errors,
        ...query.errors,
        ...((await definition.check?.(app, received, resource)) ?? []),
        ...body.errors,
      ];
      if (errors.length > 0) {
        throw invalidInput(errors);
      }
      const valid = { path, query: query.data, body: body.data, resource, received, view } as ValidRequest<
        Path,
        Query,
        Body,
        Resource
      >;
      const handled = async () => toResponse(await definition.handle(app, valid), success, view);
      if (definition.method !== 'GET') {
        return handled();
      }
      const version = definition.version?.(resource, valid.query);
      const etag =
        version === undefined ? undefined : etagOfView(view, version, ...Object.entries(received.query).flat());
      return answerUnlessKnown(received.headers, etag, handled);
    },
  };
}

/** The successes of an endpoint that declares one or several. */
function successesOf<Result>(declared: Success<Result> | Successes<Result>): Successes<Result> {
  return 'status' in declared ? [declared] : declared;
}
