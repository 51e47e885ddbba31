/** Erasures: of a person, and of a call that is over; requested, read and listed. */
import * as z from 'zod';
import { requestedBy } from '../../access/caller.ts';
import { requesterOf } from '../../calls/origin.ts';
import { erasureSchema } from '../../erasure/erasure.ts';
import { eraseOneCall, eraseParticipant, readErasure, refuseKnownKey } from '../../erasure/request.ts';
import { AppError, invalidInput } from '../../errors.ts';
import { person } from '../../operations/fields/people.ts';
import type { IndexedErasure } from '../../storage/erasures.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineKeyedEndpoint } from '../keyed-endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { fillPage } from '../page.ts';
import { validate } from '../receive.ts';

const location = { Location: 'URL of the erasure' };

const body = z.strictObject({ participant: person });

export const startErasure = defineKeyedEndpoint({
  name: 'startErasure',
  summary: 'Erase all that is stored of a person',
  method: 'POST',
  path: 'erasures',
  body,
  example: { participant: '+14255550123' },
  success: [{ status: 202, description: 'The erasure, which runs', schema: erasureSchema, headers: location }],
  roles: ['Admin'],

  async handle({ erasures, urlOf, caller }, { fields, errors, idempotencyKey }) {
    const parsed = validate(body, fields);
    const all = [...errors, ...parsed.errors];
    if (all.length > 0) {
      await (idempotencyKey !== undefined && refuseKnownKey(erasures, idempotencyKey));
      throw invalidInput(all);
    }
    const { participant } = body.parse(fields);
    const { erasure, replayed } = await eraseParticipant(
      erasures,
      participant,
      requesterOf(requestedBy(caller)),
      idempotencyKey,
    );
    return {
      body: erasure,
      headers: {
        location: urlOf(`erasures/${erasure.erasureId}`),
        ...(replayed && { 'idempotent-replayed': 'true' }),
      },
    };
  },
});

export const listErasures = defineList({
  name: 'listErasures',
  summary: 'Erasures, newest first',
  path: 'erasures',
  items: erasureSchema,
  roles: ['Admin'],

  handle({ erasures }, { limit, position }) {
    const list = (count: number, from: string | undefined) => erasures.store.page('recent', count, from);
    const read = async ({ erasureId, createdAt }: IndexedErasure) => {
      const erasure = await readErasure(erasures, erasureId);
      // Of two requests at once under one key each left an entry; one of them counts.
      return erasure?.createdAt === createdAt ? erasure : undefined;
    };
    return fillPage(list, read, limit, position);
  },
});

export const getErasure = defineEndpoint({
  name: 'getErasure',
  summary: 'An erasure, and its receipt',
  method: 'GET',
  path: 'erasures/{erasureId}',
  success: { status: 200, description: 'The erasure', schema: erasureSchema },
  errors: ['erasureNotFound'],
  roles: ['Admin'],

  async find({ erasures }, { erasureId }) {
    const erasure = await readErasure(erasures, erasureId);
    if (!erasure) {
      throw new AppError('erasureNotFound', 'No erasure has this id.');
    }
    return erasure;
  },

  async handle(_app, { resource }) {
    return { body: resource };
  },
});

export const deleteCall = defineEndpoint({
  name: 'deleteCall',
  summary: 'Delete a call that is over, and all that belongs to it',
  method: 'DELETE',
  path: 'calls/{callId}',
  success: { status: 202, description: 'The erasure of the call', schema: erasureSchema, headers: location },
  errors: ['callNotFound', 'callNotEnded'],
  roles: ['Admin'],

  async handle({ erasures, urlOf, caller }, { path }) {
    const { erasure } = await eraseOneCall(erasures, path.callId, requesterOf(requestedBy(caller)));
    return { body: erasure, headers: { location: urlOf(`erasures/${erasure.erasureId}`) } };
  },
});
