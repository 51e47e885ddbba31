/** The application as a caller. */

import { fromRawId } from '../identifiers.ts';
import { RESOURCE_ID } from '../options.ts';

/** Who calls when a request names nobody: a bot of the resource (raw ids that begin with 28). */
export const APPLICATION = fromRawId(`28:acs:${RESOURCE_ID}`);
