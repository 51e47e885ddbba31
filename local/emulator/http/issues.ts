/** What is wrong with a body, in one line that names every field. */

import * as z from 'zod';

export function describeIssues({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => `${path.length > 0 ? z.core.toDotPath(path) : 'The body'}: ${message}.`)
    .join(' ');
}
