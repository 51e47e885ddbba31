/** Converts the custom context of a request (headers for the target) between the forms of the API, the SDK and ACS. */
import type { CustomCallingContext, SipHeaderPrefix } from '@azure/communication-call-automation';
import { userToUser, type WireContext } from '../../calls/custom-context.ts';

/** One custom header as the API takes it. */
export interface CustomHeader {
  readonly kind: 'voip' | 'sipuui' | 'sipx';
  readonly key?: string | undefined;
  readonly value: string;
}

/** The name of a custom SIP header on the wire: a key that has one of ACS's prefixes is not prefixed again (ACS-S8). */
export function sipHeaderName(key: string): { readonly prefix: SipHeaderPrefix; readonly name: string } {
  const [, custom, plain] = /^(?:x-ms-custom-(.+)|x-(.+))$/is.exec(key) ?? [];
  return plain === undefined ? { prefix: 'X-MS-Custom-', name: custom ?? key } : { prefix: 'X-', name: plain };
}

/** The SDK's form, for the operations whose SDK method sends it. */
export function toCustomContext(headers: readonly CustomHeader[]): CustomCallingContext {
  return headers.map(({ kind, key = '', value }) => {
    if (kind === 'sipx') {
      const { prefix: sipHeaderPrefix, name } = sipHeaderName(key);
      return { kind, key: name, value, sipHeaderPrefix };
    }
    return { kind, key, value };
  });
}

/** The wire form, with the header names that the SDK gives where it sends the context itself. */
export function toWireContext(headers: readonly CustomHeader[]): WireContext {
  const named = (kind: CustomHeader['kind'], nameOf: (key: string) => string) =>
    headers.filter((header) => header.kind === kind).map(({ key = '', value }) => [nameOf(key), value] as const);
  return {
    sipHeaders: Object.fromEntries([
      ...named('sipuui', () => userToUser),
      ...named('sipx', (key) => {
        const { prefix, name } = sipHeaderName(key);
        return `${prefix}${name}`;
      }),
    ]),
    voipHeaders: Object.fromEntries(named('voip', (key) => key)),
  };
}
