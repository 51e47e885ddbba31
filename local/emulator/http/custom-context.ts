/**
 * The custom context of a request, with the limits that ACS documents (ACS-D25). How it refuses more is not documented;
 * chosen here: 400/8523, as for other arguments.
 */

import * as z from 'zod';

const MAX_KEY = 64;
const MAX_SIP_HEADERS = 5;
const MAX_VOIP_HEADERS = 1000;
const SIP_KEY = /^x-[A-Za-z0-9.!%*_+~-]+$/i;
const SIP_VALUE = /^[A-Za-z0-9=;.!%*_+~-]*$/;

const isUserToUser = (name: string): boolean => name.toLowerCase() === 'user-to-user';

const sipHeaders = z.record(z.string(), z.string()).superRefine((headers, context) => {
  const names = Object.keys(headers);
  const custom = names.filter((name) => !isUserToUser(name));
  if (custom.length > MAX_SIP_HEADERS || names.length - custom.length > 1) {
    context.addIssue(`may hold ${MAX_SIP_HEADERS} custom headers and one User-To-User`);
  }
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    context.addIssue('may hold each header once');
  }
  if (custom.some((name) => name.length > MAX_KEY || !SIP_KEY.test(name))) {
    context.addIssue(`needs keys of at most ${MAX_KEY} characters that start with X-MS-Custom- or X-`);
  }
  if (Object.values(headers).some((value) => value.length > 256 || !SIP_VALUE.test(value))) {
    context.addIssue('needs values of at most 256 letters, digits and = ; . ! % * _ + ~ -');
  }
});

const voipHeaders = z.record(z.string(), z.string()).superRefine((headers, context) => {
  if (Object.keys(headers).length > MAX_VOIP_HEADERS) {
    context.addIssue(`may hold ${MAX_VOIP_HEADERS} headers`);
  }
  if (Object.entries(headers).some(([key, value]) => key.length > MAX_KEY || value.length > 1024)) {
    context.addIssue(`needs keys of at most ${MAX_KEY} and values of at most 1024 characters`);
  }
});

/** Headers for the target of a call. */
export const customCallingContext = z
  .object({ voipHeaders: voipHeaders.optional(), sipHeaders: sipHeaders.optional() })
  .optional();
