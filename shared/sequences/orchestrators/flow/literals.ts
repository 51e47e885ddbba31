/** What Durable Functions would keep in its history, and must not. Pure. */
import { canonicalParticipant } from '../../../acs/wire/identifiers.ts';
import { isReference } from '../../language/references.ts';

/** The places in a value where somebody's phone number or raw id is written out. */
export function participantsIn(value: unknown, place: string): string[] {
  if (typeof value === 'string') {
    return !isReference(value) && canonicalParticipant(value) !== undefined ? [place] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) =>
        participantsIn(member, Array.isArray(value) ? `${place}[${name}]` : `${place}.${name}`),
      )
    : [];
}
