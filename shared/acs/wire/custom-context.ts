/** Converts the custom context of a call (headers for the target) between the forms of the API, the SDK and ACS. */
import type { CustomCallingContext } from '@azure/communication-call-automation';

/** One custom header as the API takes it. */
export interface CustomHeader {
  readonly kind: 'voip' | 'sipuui' | 'sipx';
  readonly key?: string;
  readonly value: string;
}

/** The SDK's form, for the operations whose SDK method sends it. */
export function toCustomContext(headers: readonly CustomHeader[]): CustomCallingContext {
  return headers.map(({ kind, key = '', value }) => ({ kind, key, value }));
}

/** The wire form, with the header names that the SDK gives where it sends the context itself. */
export function toWireContext(headers: readonly CustomHeader[]) {
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
