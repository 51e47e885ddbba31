/**
 * Endpoints that take an Idempotency-Key. The first answer under a key stands, whatever is wrong with a later request: so
 * their handlers get the request with its validation errors, look for that answer, and refuse the request only without one.
 */
import * as z from 'zod';
import type { Invocation } from '../app.ts';
import type { FieldError } from '../errors.ts';
import type { Described, Endpoint, PathValues, Success, Successes } from './endpoint.ts';
import { maskedFields } from './masking/view.ts';
import { type Preferences, readPreferences } from './preferences.ts';
import { receive, validate } from './receive.ts';
import { type Reply, toResponse } from './reply.ts';

/** A request with what is wrong with its path, query, headers and body form. Its fields are for the handler to validate. */
interface KeyedRequest<Path extends string> extends Preferences {
  readonly path: PathValues<Path>;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

interface KeyedDefinition<Path extends string, Result> extends Described<Path> {
  readonly method: 'POST' | 'DELETE';
  readonly success: Successes<Result>;
  /** What the handler validates the fields with. */
  readonly body: z.ZodType;
  readonly example?: unknown;
  /** It takes `Prefer: wait`. */
  readonly waits?: true;
  handle(app: Invocation, request: KeyedRequest<Path>): Promise<Reply<NoInfer<Result>>>;
}

const keyHeader = z.uuid().meta({
  description:
    'Becomes the id of what the request makes: the same request under the same key is performed once; ' +
    'its answer is given again, with `Idempotent-Replayed: true`',
});
const waitHeader = z.string().meta({
  description: '`wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it',
  examples: ['wait=10'],
});
const replayedHeader = {
  'Idempotent-Replayed': '`true` when this is the answer to an earlier request under the same key',
};
const appliedHeader = { 'Preference-Applied': 'The preference that was honoured, such as `wait=10`' };
const noQuery = z.strictObject({});

/** An endpoint that performs the same request under the same key once. */
export function defineKeyedEndpoint<Path extends string, Result>(definition: KeyedDefinition<Path, Result>): Endpoint {
  const { success, errors = [], waits, handle, ...described } = definition;
  const headers = { 'Idempotency-Key': keyHeader, ...(waits && { Prefer: waitHeader }) };
  return {
    ...described,
    query: noQuery,
    headers,
    success: [withHeaders(success[0]), ...success.slice(1).map(withHeaders)],
    errors: [...errors, 'idempotencyKeyReused'],
    async answer(app, request, view) {
      const received = await receive({ ...described, headers }, request);
      const preferences = readPreferences(received.headers, waits && app.maxWaitSeconds);
      const query = validate(noQuery, received.query, 'unknown query parameter');
      const reply = await handle(app, {
        ...preferences,
        path: received.path as PathValues<Path>,
        fields: received.fields,
        errors: [
          ...preferences.errors,
          ...query.errors,
          ...received.errors,
          ...(view.seesPeople ? [] : maskedFields(received.fields)),
        ],
      });
      const { applied } = preferences;
      const ofReply = { ...reply.headers, ...(applied !== undefined && { 'preference-applied': applied }) };
      return toResponse({ ...reply, headers: ofReply }, success, view);
    },
  };

  function withHeaders(one: Success<Result>): Success<Result> {
    return { ...one, optionalHeaders: { ...replayedHeader, ...(waits && appliedHeader) } };
  }
}
