/** The sequences over HTTP. */
import * as z from 'zod';
import { AppError } from '../../errors.ts';
import { builtIns } from '../../sequences/built-in/index.ts';
import { orchestrators } from '../../sequences/orchestrators/index.ts';
import { readRequest } from '../../sequences/request.ts';
import { type Sequence, sequenceStatuses } from '../../sequences/runtime/sequence.ts';
import {
  cancelSequence,
  findStarted,
  readSequence,
  type Started,
  startSequence,
} from '../../sequences/runtime/start.ts';
import type { IndexedSequence } from '../../storage/sequences.ts';
import { type Handler, json } from '../handler.ts';
import { jsonSchema } from '../json-schema.ts';
import { fillPage } from '../page.ts';
import { pathParameter } from '../path.ts';
import { readPreferences } from '../preferences.ts';
import { noQuery, pageParameters, readQuery } from '../query.ts';
import { readObject } from '../read-body.ts';

export const sequenceFilters = {
  ...pageParameters,
  callId: z.uuid().toLowerCase().optional(),
  status: z.enum(sequenceStatuses).optional(),
};

const listQuery = z.strictObject(sequenceFilters);

/** A built-in, and what it takes. */
export const builtInSchema = z
  .object({ name: z.string(), summary: z.string(), inputSchema: z.record(z.string(), z.unknown()) })
  .meta({ id: 'BuiltInSequence' });

/** POST /sequences */
export const postSequence: Handler = async ({ ledger, sequences, maxWaitSeconds, urlOf }, request) => {
  const { fields, faults } = await readObject(request);
  const { idempotencyKey: key, errors } = readPreferences(request, maxWaitSeconds);
  const known = key === undefined ? undefined : await findStarted(sequences, key, fields);
  const setting = { checkUrl: ledger.notifier.notifyUrlErrors };
  const wanted = () => readRequest(fields, [...errors, ...faults], setting);
  const { sequence, replayed }: Started = known ?? (await startSequence(ledger, sequences, wanted(), fields, key));
  return json(sequence, sequence.status === 'running' ? 202 : 200, {
    location: urlOf(`sequences/${sequence.sequenceId}`),
    ...(replayed && { 'idempotent-replayed': 'true' }),
  });
};

/** GET /sequences */
export const listSequences: Handler = async ({ sequences }, request) => {
  const { status, callId, limit, cursor } = readQuery(request, listQuery);
  const isWanted = (sequence: Sequence) =>
    (status === undefined || sequence.status === status) && (callId === undefined || sequence.callId === callId);
  const list = (count: number, from: string | undefined) => sequences.store.page('recent', count, from);
  const read = async ({ sequenceId, createdAt }: IndexedSequence) => {
    const sequence = await readSequence(sequences, sequenceId);
    // Of two starts at once under one key each left a row; one of them counts.
    return sequence?.createdAt === createdAt && isWanted(sequence) ? sequence : undefined;
  };
  return json(await fillPage(list, read, limit, cursor));
};

/** GET /sequences/{sequenceId} */
export const getSequence: Handler = async ({ sequences }, request) => {
  const sequence = await readSequence(sequences, pathParameter(request, 'sequenceId'));
  if (!sequence) {
    throw new AppError('sequenceNotFound', 'No sequence has this id.');
  }
  readQuery(request, noQuery);
  return json(sequence);
};

/** GET /sequences/built-in */
export const getBuiltIns: Handler = async (_app, request) => {
  readQuery(request, z.strictObject(pageParameters));
  const items = [...builtIns, ...orchestrators].map(({ name, summary, input }) => ({
    name,
    summary,
    inputSchema: jsonSchema(input, 'input'),
  }));
  return json({ items });
};

/** POST /sequences/{sequenceId}/cancel */
export const postCancel: Handler = async ({ ledger, sequences }, request) => {
  await readObject(request);
  const sequence = await cancelSequence(ledger, sequences, pathParameter(request, 'sequenceId'));
  return json(sequence, 202);
};
