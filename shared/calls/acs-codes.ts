/** ACS's codes and words, under the same names wherever the API shows them. */
import * as z from 'zod';

/** The members of a resource that hold them. */
export const acsCodes = {
  acsCode: z.number().meta({ id: 'AcsCode', description: "ACS's code; of a refusal the HTTP status" }).optional(),
  acsSubCode: z
    .number()
    .meta({ id: 'AcsSubCode', description: "ACS's sub-code; of a refusal the code in its body" })
    .optional(),
  acsMessage: z.string().meta({ id: 'AcsMessage', description: "ACS's words" }).optional(),
};

export interface AcsCodes {
  readonly acsCode?: number | undefined;
  readonly acsSubCode?: number | undefined;
  readonly acsMessage?: string | undefined;
}

/** Of something that ACS may have reported, the codes and words alone. */
export function acsCodesOf({ acsCode, acsSubCode, acsMessage }: AcsCodes) {
  return {
    ...(acsCode !== undefined && { acsCode }),
    ...(acsSubCode !== undefined && { acsSubCode }),
    ...(acsMessage !== undefined && { acsMessage }),
  };
}
