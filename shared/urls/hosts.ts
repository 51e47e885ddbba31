/** Settings that list hosts. */
import * as z from 'zod';

const pattern = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/;

/** Host names, or `*.` and a domain for every host below it, separated by blanks or commas; none unless set. */
export function hostList() {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((host) => host !== ''),
    )
    .pipe(z.array(z.string().regex(pattern, 'expected hosts such as hooks.contoso.com or *.contoso.com')));
}
