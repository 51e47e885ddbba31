/** What the counted limits count of an operation. */
import { type Candidate, isCountingCalls } from '../../limits/slots.ts';
import { peopleFields } from '../../operations/fields/people.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Ledger } from '../ledger.ts';

/** The operation as the limits in force count it; undefined where none of them concerns it. */
export async function candidateOf(
  { limits: { known }, slots }: Pick<Ledger, 'limits' | 'slots'>,
  operation: Operation,
  { callerId }: Readonly<Record<string, unknown>>,
  operationId: string,
): Promise<Candidate | undefined> {
  const isCall = operation.target === 'newCall' && isCountingCalls(known);
  const dials = known.maxCallsPerSecond !== null && isDialing(operation);
  if (!isCall && !dials) {
    return undefined;
  }
  const caller = isCall && typeof callerId === 'string' ? await slots.callerKey(callerId) : undefined;
  return { operationId, isCall, dials, ...(caller !== undefined && { caller }) };
}

/** Whether ACS calls someone for it. */
function isDialing({ input }: Operation): boolean {
  return peopleFields(input).some(({ role }) => role === 'called');
}
