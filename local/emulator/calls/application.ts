/** The identity of an application that calls. */

import { fromRawId } from '../identifiers.ts';
import { RESOURCE_ID } from '../options.ts';

/** The caller when a request names none: a bot of the resource (raw ids with the prefix 28). */
export const APPLICATION = fromRawId(`28:acs:${RESOURCE_ID}`);
