/** /emulator/parties: the scripts of the parties on the other end. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import { publicId, script } from '../parties/party.ts';
import { defineEndpoint } from './endpoint.ts';
import { notFound } from './not-found.ts';
import { partyId, partyInPath } from './party-id.ts';

const listParties = defineEndpoint({
  method: 'GET',
  path: '/parties',
  run: ({ resource }) => ({ parties: resource.parties.all().map(({ id, settings }) => ({ id, ...settings })) }),
});

const getParty = defineEndpoint({
  method: 'GET',
  path: '/parties/{+id}',
  run({ resource, path }) {
    const party = partyInPath(path.id);
    const settings = resource.parties.scripted(party);
    if (settings === undefined) {
      throw notFound(`script for party ${path.id}; without one a party answers after 200 ms and stays`);
    }
    return { id: publicId(party), ...settings };
  },
});

const putParty = defineEndpoint({
  method: 'PUT',
  path: '/parties/{+id}',
  body: z.strictObject({ id: partyId.optional(), ...script.shape }),
  run({ resource, path, body: { id, ...settings } }) {
    const party = partyInPath(path.id);
    if (id !== undefined && id.rawId !== party.rawId) {
      throw new AcsError(400, 'BadRequest', 'id: must be the id of the path, or be left out.');
    }
    resource.parties.set(party, settings);
    return { id: publicId(party), ...settings };
  },
});

const deleteParty = defineEndpoint({
  method: 'DELETE',
  path: '/parties/{+id}',
  run({ resource, path }) {
    if (!resource.parties.delete(partyInPath(path.id))) {
      throw notFound(`script for party ${path.id}`);
    }
  },
});

export const parties = [listParties, getParty, putParty, deleteParty];
