/** Why a call ended, a participant left or an operation failed: a closed list, derived from ACS's codes. Pure. */
import * as z from 'zod';
import type { AcsCodes } from './acs-codes.ts';
import { type CodeReason, type Reason, reasons, sipReasons, statusReasons, subCodeReasons } from './reason-codes.ts';

export { type Reason, reasons };

export const reasonSchema = z.enum(Object.keys(reasons) as [Reason, ...Reason[]]).meta({
  id: 'Reason',
  description: 'Why a call ended, a participant left or an operation failed; see `docs/reasons.md`',
});

/** The reason that a pair of ACS's codes states, of an event or a refusal. The sub-code says more, so it counts first. */
export function reasonOf(codes: AcsCodes): Reason {
  return ofSubCode(codes) ?? ofCode(codes) ?? 'unknown';
}

/** Reasons of errors that no code of ACS explains: by the event that reports the failure, and those that the app concludes. */
const errorReasons: Readonly<Record<string, Reason>> = {
  playFailed: 'mediaFailed',
  recognizeFailed: 'mediaFailed',
  holdFailed: 'mediaFailed',
  mediaStreamingFailed: 'streamFailed',
  transcriptionFailed: 'streamFailed',
  noEventInTime: 'timedOut',
  notRequested: 'timedOut',
  destinationNotAllowed: 'notAllowed',
  limitReached: 'limitReached',
};

/** The reason of a failed operation: by ACS's sub-code, else by what failed, else by ACS's code. */
export function reasonOfError(error: { readonly code: string } & AcsCodes): Reason {
  return ofSubCode(error) ?? errorReasons[error.code] ?? ofCode(error) ?? 'unknown';
}

/** The SIP status in the sub-code of a telephone leg: 560486 is 486 of an outbound leg, 540487 is 487 of an inbound one. */
function sipStatusOf(subCode: number): number | undefined {
  return [540, 560].includes(Math.floor(subCode / 1000)) && subCode % 1000 > 0 ? subCode % 1000 : undefined;
}

function ofSubCode({ acsCode, acsSubCode }: AcsCodes): Reason | undefined {
  if (acsSubCode === undefined) {
    return undefined;
  }
  const own = subCodeReasons.filter(({ code }) => code === undefined || code === acsCode);
  const sipStatus = sipStatusOf(acsSubCode);
  return reasonIn(own, acsSubCode) ?? (sipStatus === undefined ? undefined : reasonIn(sipReasons, sipStatus));
}

function ofCode({ acsCode }: AcsCodes): Reason | undefined {
  return acsCode === undefined ? undefined : reasonIn(statusReasons, acsCode);
}

function reasonIn(rows: readonly CodeReason[], code: number): Reason | undefined {
  return rows.find(({ subCodes }) => subCodes.includes(code))?.reason;
}
