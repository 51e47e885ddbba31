/** The limit of redirects: calls that go round over other systems end here, since no rule of Switchboard shows the loop. */
import type { CallRecord } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import type { Ledger } from '../ledger.ts';

type Counter = Pick<Ledger, 'redirects' | 'limits'>;

/** Whether the incoming call may be redirected once more; counts that redirect over all instances. */
export async function mayRedirect({ redirects, limits }: Counter, call: CallRecord): Promise<boolean> {
  return redirects.count(call, (await limits.current()).maxRedirects);
}

/** Throws the 429 of a call that was redirected too often. */
export async function checkRedirects(counter: Counter, call: CallRecord): Promise<void> {
  if (!(await mayRedirect(counter, call))) {
    throw new AppError(
      'limitReached',
      `The call was redirected ${counter.limits.known.maxRedirects} times, the most that is allowed: answer or reject it.`,
    );
  }
}
