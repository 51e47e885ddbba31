/**
 * Rejections that an app does not handle. Azure restarts the worker process, and the invocations in it fail; here they
 * are logged with the function they came from, and the other invocations go on.
 */

import type { Log } from '../log.ts';
import { currentInvocation } from './invocations.ts';

/** Logs unhandled rejections until the returned function is called. */
export function logUnhandledRejections(log: Log): () => void {
  const listener = (reason: unknown) => {
    const about = currentInvocation.getStore();
    const where = about === undefined ? 'outside any invocation' : `in function "${about.functionName}"`;
    const cause = reason instanceof Error ? reason.stack : String(reason);
    log('critical', 'Host.General', `Unhandled rejection ${where}: ${cause}`, about);
  };
  process.on('unhandledRejection', listener);
  return () => process.off('unhandledRejection', listener);
}
