/** Cookies of a function's response as Set-Cookie headers, written as ASP.NET Core writes them. */

import type { HttpCookie } from '../app/rpc.ts';

const sameSite = { none: undefined, lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

/** One Set-Cookie value; name and value are escaped, the path is `/` unless one is given. */
export function setCookie(cookie: HttpCookie): string {
  const expiresSeconds = cookie.expires?.value.seconds;
  const attributes = {
    expires: expiresSeconds === undefined ? undefined : new Date(expiresSeconds * 1000).toUTCString(),
    'max-age': cookie.maxAge?.value,
    domain: cookie.domain?.value,
    path: cookie.path?.value ?? '/',
    samesite: sameSite[cookie.sameSite],
  };
  const named = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return [
    `${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`,
    ...named.map(([name, value]) => `${name}=${value}`),
    ...(cookie.secure?.value ? ['secure'] : []),
    ...(cookie.httpOnly?.value ? ['httponly'] : []),
  ].join('; ');
}
