/** Carries custom context where the SDK drops it: 1.6.0 leaves it out of createCall and redirectCall, the service takes it. */
import type { CustomCallingContext } from '@azure/communication-call-automation';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** One custom header as the API takes it. */
export interface CustomHeader {
  readonly kind: 'voip' | 'sipuui' | 'sipx';
  readonly key?: string;
  readonly value: string;
}

/** Names the context on its way from the call site to the policy; it never leaves the process. */
const carrier = 'x-switchboard-custom-context';

/** The SDK's form of custom context, for the operations whose SDK method does take it. */
export function toCustomContext(headers: readonly CustomHeader[]): CustomCallingContext {
  return headers.map(({ kind, key = '', value }) => ({ kind, key, value }));
}

/** Options with the context attached, for the operations whose SDK method drops it. */
export function withCustomContext<
  T extends { readonly requestOptions: { readonly customHeaders: Record<string, string> } },
>(options: T, headers: readonly CustomHeader[] | undefined): T {
  if (!headers || headers.length === 0) {
    return options;
  }
  const carried = { [carrier]: encodeURIComponent(JSON.stringify(toWire(headers))) };
  return { ...options, requestOptions: { customHeaders: { ...options.requestOptions.customHeaders, ...carried } } };
}

/** Moves the context from its carrier into the body, before the request is signed. */
export const customContextPolicy: PipelinePolicy = {
  name: 'switchboardCustomContext',
  sendRequest(request, next) {
    const carried = request.headers.get(carrier);
    if (carried !== undefined && typeof request.body === 'string') {
      request.headers.delete(carrier);
      const customCallingContext: unknown = JSON.parse(decodeURIComponent(carried));
      request.body = JSON.stringify({ ...JSON.parse(request.body), customCallingContext });
    }
    return next(request);
  },
};

/** The wire form, with the header names that the SDK gives where it sends the context itself. */
function toWire(headers: readonly CustomHeader[]) {
  const named = (kind: CustomHeader['kind'], name: (key: string) => string) =>
    headers.filter((header) => header.kind === kind).map(({ key = '', value }) => [name(key), value] as const);
  return {
    sipHeaders: Object.fromEntries([
      ...named('sipuui', () => 'User-To-User'),
      ...named('sipx', (key) => `X-MS-Custom-${key}`),
    ]),
    voipHeaders: Object.fromEntries(named('voip', (key) => key)),
  };
}
