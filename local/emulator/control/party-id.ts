/** Ids of parties as the control API takes them: E.164 or raw ids. */

import * as z from 'zod';
import { AcsError } from '../http/acs-error.ts';
import { fromRawId, type Identifier, isUndialable } from '../identifiers.ts';

const PATTERN = /^(?:(?:4:)?\+[1-9]\d{1,14}|4:(?:anonymous|\+[1-9]\d{1,14}_\S+)|(?:8|28):\S+)$/;
const MEANING = 'must be a phone number in E.164 form or a raw id such as 8:acs:… or 4:anonymous';

/** An id in a body. */
export const partyId = z.string().regex(PATTERN, MEANING).transform(fromRawId);

/** The same for someone to be called. */
export const dialedId = partyId.refine(
  (party) => !isUndialable(party),
  'must be a number or a user that can be called',
);

/** An id in a path; throws 400 when it is invalid. */
export function partyInPath(id = ''): Identifier {
  if (!PATTERN.test(id)) {
    throw new AcsError(400, 'BadRequest', `The id in the path ${MEANING}.`);
  }
  return fromRawId(id);
}
