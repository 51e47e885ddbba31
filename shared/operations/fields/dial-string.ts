/** The field of digits to send once a phone number has answered. */
import * as z from 'zod';
import { isPhoneNumber } from '../../acs/wire/identifiers.ts';
import { dialStringPattern, maxDialStringLength } from '../../calls/dial-string.ts';

/** Keys and pauses. They are a secret, such as a PIN: no answer shows them. */
export const dialString = z
  .string()
  .max(maxDialStringLength)
  .regex(dialStringPattern, 'expected keys (0-9 * # A-D) with pauses: w is 0.5 s, W 1 s, a comma 2 s')
  .meta({ description: 'Keys 0-9 * # A-D with pauses `w` (0.5 s), `W` (1 s), `,` (2 s)', example: 'ww123#' });

/** Digits to send to a party once it has answered. */
export interface DigitsToSend {
  readonly to: string;
  readonly digits: string;
}

/** The field of an operation that calls someone. */
export const sendDigits = dialString.optional().meta({
  description:
    'Sent once the phone number has answered, by the sequence `digitsSequenceId` of the operation; never shown',
  example: 'ww123#',
  id: 'SendDigits',
});

/** ACS sends tones to one phone number. `when` makes the rule report together with field errors. */
export const oneNumberNeeded = {
  path: ['sendDigits'],
  message: 'is for a call to one phone number: ACS sends no tones to users',
  when: () => true,
};

/** The predicate to that rule. */
export function isForOneNumber(digits: unknown, targets: unknown): boolean {
  const [target, ...others]: readonly unknown[] = Array.isArray(targets) ? targets : [targets];
  return digits === undefined || (typeof target === 'string' && isPhoneNumber(target) && others.length === 0);
}
