/**
 * Participant ids in a request for a sequence. They are resolved once, when it is accepted, wherever it names someone in the
 * call: in the input of a built-in, of a step's operation, and of a block of steps.
 */
import type * as z from 'zod';
import type { CallRecord } from '../calls/call.ts';
import { participantOf } from '../calls/roster.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { mapInCall } from '../operations/fields/people.ts';
import { operations } from '../operations/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The request with the participants of its call in place of their ids: the call is read only where there may be one. `input` is
 * the schema of its input, if it names a sequence.
 */
export async function resolveParticipantIds(
  { calls }: Pick<Ledger, 'calls'>,
  fields: Fields,
  input: z.ZodType | undefined,
): Promise<Fields> {
  const callId = fields.callId ?? Object(fields.input).callId;
  const hasIds = /"p-[\w-]{16}"/.test(JSON.stringify(fields));
  const stored = hasIds && typeof callId === 'string' ? await calls.readCall(callId.toLowerCase()) : undefined;
  return stored ? withoutParticipantIds(fields, input, stored.record) : fields;
}

/** Any other text is left to validation. */
function withoutParticipantIds(fields: Fields, schema: z.ZodType | undefined, call: CallRecord): Fields {
  const resolve = (text: string) => participantOf(call, text) ?? text;
  return {
    ...fields,
    ...(schema && { input: mapInCall(schema, fields.input, resolve) }),
    ...(fields.steps !== undefined && { steps: inSteps(fields.steps, resolve) }),
    ...(fields.finally !== undefined && { finally: inSteps(fields.finally, resolve) }),
  };
}

/** The members of steps without an operation that name someone: `while.present` and `sendDigits.to`. */
const peopleMembers = ['present', 'to'];

function inSteps(value: unknown, resolve: (text: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map((member) => inSteps(member, resolve));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const operation = operations.find(({ name }) => name === Object(value).do);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'with' && operation) {
        return [name, mapInCall(operation.input, member, resolve)];
      }
      return [
        name,
        peopleMembers.includes(name) && typeof member === 'string' ? resolve(member) : inSteps(member, resolve),
      ];
    }),
  );
}
