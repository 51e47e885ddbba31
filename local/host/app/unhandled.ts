/**
 * Rejections that an app does not handle: they are logged with the function they came from, and then the process ends, as
 * Azure's worker does with every invocation in it. A host within another program leaves that to the program.
 */

import type { Log } from '../log.ts';
import { currentInvocation } from './invocations.ts';

/** Logs unhandled rejections, and calls `onLogged` after each, until the returned function is called. */
export function logUnhandledRejections(log: Log, onLogged: (cause: string) => void = () => {}): () => void {
  const listener = (reason: unknown) => {
    const about = currentInvocation.getStore();
    const where = about === undefined ? 'outside any invocation' : `in function "${about.functionName}"`;
    const cause = reason instanceof Error ? reason.stack : String(reason);
    log('critical', 'Host.General', `Unhandled rejection ${where}: ${cause}`, about);
    onLogged(`Unhandled rejection ${where}: ${cause}`);
  };
  process.on('unhandledRejection', listener);
  return () => process.off('unhandledRejection', listener);
}
