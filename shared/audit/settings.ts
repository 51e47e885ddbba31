/** The setting of the audit trail. */
import type { AccessSettings } from '../access/settings.ts';
import { wholeNumber } from '../setting.ts';

const defaultDays = 400;

export const auditShape = {
  AUDIT_DAYS: wholeNumber(0, 36_500)
    .optional()
    .meta({
      description:
        `How long the audit trail is kept; ${defaultDays} unless set. 0 keeps none, as in \`AUTH_MODE\` \`local\`, where no caller ` +
        'is known',
    }),
};

/** For how many days the trail is kept; 0 where there is none. */
export function auditDays({ AUDIT_DAYS: days }: { AUDIT_DAYS?: number | undefined }, { mode }: AccessSettings): number {
  return days ?? (mode === 'local' ? 0 : defaultDays);
}
