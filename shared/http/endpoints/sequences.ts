/** Sequences: started by name or by steps, read, listed and canceled. */
import * as z from 'zod';
import { AppError } from '../../errors.ts';
import { builtIns } from '../../sequences/built-in/index.ts';
import { orchestrators } from '../../sequences/orchestrators/index.ts';
import { resolveParticipantIds } from '../../sequences/participant-ids.ts';
import { inputOf, readRequest, sequenceInput } from '../../sequences/request.ts';
import { type Sequence, sequenceSchema, sequenceStatuses } from '../../sequences/runtime/sequence.ts';
import {
  cancelSequence,
  findStarted,
  readSequence,
  type Started,
  startSequence,
} from '../../sequences/runtime/start.ts';
import type { IndexedSequence } from '../../storage/sequences.ts';
import { periodFilters } from '../call-search.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineKeyedEndpoint } from '../keyed-endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { jsonSchema } from '../openapi/json-schema.ts';
import { fillPage, pageOf } from '../page.ts';

const location = { Location: 'URL of the sequence' };

export const startSequenceEndpoint = defineKeyedEndpoint({
  name: 'startSequence',
  summary: 'Start a built-in sequence by its name, or one of steps',
  method: 'POST',
  path: 'sequences',
  body: sequenceInput,
  example: {
    callId: '0f7d3c1e-6b2a-4c58-9c70-2f4a1f1f7c11',
    steps: [
      { do: 'play', with: { sources: [{ text: 'Please hold the line.', locale: 'en-US' }] } },
      { do: 'addParticipant', with: { target: '+14255550123', callerId: '+14255550100' } },
    ],
    finally: [{ do: 'hangUp', with: { forEveryone: true } }],
  },
  success: [
    { status: 202, description: 'The sequence runs', schema: sequenceSchema, headers: location },
    {
      status: 200,
      description: 'The sequence of an earlier request, which has ended',
      schema: sequenceSchema,
      headers: location,
    },
  ],
  errors: ['callNotFound', 'callEnded', 'notSupported', 'destinationNotAllowed'],
  roles: ['Calls.Operate'],

  async handle({ ledger, sequences, urlOf }, { fields, errors, idempotencyKey: key }) {
    const known = key === undefined ? undefined : await findStarted(sequences, key, fields);
    const wanted = async () => {
      await ledger.limits.current();
      const resolved = await resolveParticipantIds(ledger, fields, inputOf(fields.name));
      return readRequest(resolved, errors, { checkInput: ledger.inputErrors });
    };
    const { sequence, replayed }: Started =
      known ?? (await startSequence(ledger, sequences, await wanted(), fields, key));
    return {
      body: sequence,
      status: sequence.status === 'running' ? 202 : 200,
      headers: {
        location: urlOf(`sequences/${sequence.sequenceId}`),
        ...(replayed && { 'idempotent-replayed': 'true' }),
      },
    };
  },
});

export const listSequences = defineList({
  name: 'listSequences',
  summary: 'Sequences, newest first',
  path: 'sequences',
  filters: {
    callId: z.uuid().toLowerCase().optional(),
    status: z.enum(sequenceStatuses).optional(),
    ...periodFilters('createdAfter', 'createdBefore'),
  },
  items: sequenceSchema,
  roles: ['Calls.Read'],

  async handle({ sequences }, { filters: { status, callId, createdAfter, createdBefore }, limit, position }) {
    const isWanted = (sequence: Sequence) => status === undefined || sequence.status === status;
    const period = { after: createdAfter, before: createdBefore };
    const list = (count: number, from: string | undefined) => sequences.store.listRecent(callId, period, count, from);
    const read = async ({ sequenceId, createdAt }: IndexedSequence) => {
      const sequence = await readSequence(sequences, sequenceId);
      // Of two starts at once under one key each left a row; one of them counts.
      return sequence?.createdAt === createdAt && isWanted(sequence) ? sequence : undefined;
    };
    return fillPage(list, read, limit, position);
  },
});

export const getSequence = defineEndpoint({
  name: 'getSequence',
  summary: 'How far a sequence is, step by step',
  method: 'GET',
  path: 'sequences/{sequenceId}',
  success: { status: 200, description: 'The sequence', schema: sequenceSchema },
  errors: ['sequenceNotFound'],
  roles: ['Calls.Read'],

  async find({ sequences }, { sequenceId }) {
    const sequence = await readSequence(sequences, sequenceId);
    if (!sequence) {
      throw new AppError('sequenceNotFound', 'No sequence has this id.');
    }
    return sequence;
  },

  async handle(_app, { resource }) {
    return { body: resource };
  },
});

const builtInSchema = z
  .object({
    name: z.string(),
    summary: z.string(),
    inputSchema: z.record(z.string(), z.unknown()).meta({ description: 'JSON schema of its input' }),
  })
  .meta({ id: 'BuiltInSequence' });

// Azure asks functions for a path in order of their names: before getSequence, whose parameter would match it.
export const getBuiltInSequences = defineList({
  name: 'getBuiltInSequences',
  summary: 'The sequences that can be started by their name',
  path: 'sequences/built-in',
  items: builtInSchema,
  roles: ['Calls.Read'],

  async handle(_app, { limit, position }) {
    const all = [...builtIns, ...orchestrators].map(({ name, summary, input }) => ({
      name,
      summary,
      inputSchema: jsonSchema(input, 'input'),
    }));
    return pageOf(all, limit, position);
  },
});

export const cancelSequenceEndpoint = defineEndpoint({
  name: 'cancelSequence',
  summary: 'Cancel a sequence: it stops, and its steps are undone',
  method: 'POST',
  path: 'sequences/{sequenceId}/cancel',
  success: { status: 202, description: 'The sequence, which stops', schema: sequenceSchema },
  errors: ['sequenceNotFound', 'sequenceEnded'],
  roles: ['Calls.Operate'],

  async handle({ ledger, sequences }, { path }) {
    return { body: await cancelSequence(ledger, sequences, path.sequenceId) };
  },
});
