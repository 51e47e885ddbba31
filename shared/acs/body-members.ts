/**
 * Carries what the SDK drops: 1.6.0 leaves custom context out of createCall and redirectCall, and the caller id out of
 * redirectCall; the service takes them.
 */
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** Names the members on their way from the call site to the policy; it never leaves the process. */
const carrier = 'x-switchboard-body-members';

interface WithHeaders {
  readonly requestOptions: { readonly customHeaders: Record<string, string> };
}

/** Options of a request whose body shall have these members besides those that the SDK writes. */
export function withBodyMembers<T extends WithHeaders>(options: T, members: Readonly<Record<string, unknown>>): T {
  if (Object.keys(members).length === 0) {
    return options;
  }
  const carried = { [carrier]: encodeURIComponent(JSON.stringify(members)) };
  return { ...options, requestOptions: { customHeaders: { ...options.requestOptions.customHeaders, ...carried } } };
}

/** Moves the members from their carrier into the body, before the request is signed. */
export const bodyMembersPolicy: PipelinePolicy = {
  name: 'switchboardBodyMembers',
  sendRequest(request, next) {
    const carried = request.headers.get(carrier);
    if (carried !== undefined && typeof request.body === 'string') {
      request.headers.delete(carrier);
      request.body = JSON.stringify({ ...JSON.parse(request.body), ...JSON.parse(decodeURIComponent(carried)) });
    }
    return next(request);
  },
};
