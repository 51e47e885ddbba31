/** 404 of the control API. */

import { AcsError } from '../http/acs-error.ts';

/** Names what is missing, e.g. `fault 7`. */
export function notFound(what: string): AcsError {
  return new AcsError(404, 'NotFound', `There is no ${what}.`);
}
