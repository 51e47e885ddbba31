/** The steps that send digits: waits for the pauses, an operation for each group of digits. */
import { dialParts } from '../../calls/dial-string.ts';
import type { SendDigitsStep, Step } from '../language/definition.ts';
import { type Names, resolveFields } from '../language/references.ts';

/** Why digits cannot be sent that an earlier step produced. */
export const invalidDigits = {
  code: 'invalidDigits',
  message: 'The digits are invalid: expected keys, with pauses w, W and commas.',
};

/** The steps of a dial string, masked; undefined when it is none. */
export function digitSteps({ id: base, sendDigits }: SendDigitsStep, names: Names): Step[] | undefined {
  const { to, digits } = resolveFields(sendDigits, names);
  return dialParts(String(digits))?.map((part, index): Step => {
    const id = `${base}-${index + 1}`;
    return 'pauseMs' in part
      ? { id, wait: `PT${part.pauseMs / 1000}S` }
      : { id, do: 'sendDtmfTones', with: { tones: part.tones, to }, masked: true };
  });
}
