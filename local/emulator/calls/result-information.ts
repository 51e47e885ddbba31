/** The results of calls, invitations and actions: the codes that events carry as `resultInformation`. */

import { type Identifier, isPhone } from '../identifiers.ts';

export interface ResultInformation {
  readonly code: number;
  readonly subCode: number;
  readonly message: string;
  /** What the telephone network reported of a phone; newer API versions show it. */
  readonly sipDetails?: Diagnostic;
  readonly q850Details?: Diagnostic;
}

/** A code of SIP (RFC 3261), or a cause of ITU-T Q.850, with its phrase. */
interface Diagnostic {
  readonly code: number;
  readonly message: string;
}

/** Why a target did not join the call. */
export type Failure = 'declined' | 'busy' | 'noAnswer' | 'unreachable' | 'invalidNumber' | 'canceled';

const result = (code: number, subCode: number, message: string): ResultInformation => ({ code, subCode, message });
const conversationEnded = (code: number, subCode: number, diagnosis: number): ResultInformation =>
  result(code, subCode, `The conversation has ended. DiagCode: ${diagnosis}#${subCode}.@`);

/** Recorded on CallConnected and the like. */
export const SUCCESS = result(200, 0, '');

/** Recorded after hang-up by the application. */
export const ENDED_BY_APP = result(
  200,
  7000,
  'Call was ended by Azure Communication Service Call Automation API or a server bot. DiagCode: 0#7000.@',
);

/** A call that no one has hung up (not documented; chosen here). */
export const LASTED_TOO_LONG = result(200, 0, 'Call was ended because it had lasted for 24 hours.');

/** 7015: a transfer is complete and its initiator leaves the call. */
export const TRANSFERRED = result(200, 7015, 'Call was ended because it was transferred. DiagCode: 0#7015.@');

/**
 * Documented for an inbound leg that was canceled. The result of an answer that is too late is not documented; chosen
 * here.
 */
export const CALLER_GONE = conversationEnded(487, 540487, 487);

/** For a participant who is not in the call (8558) and for a transfer that must name its transferee (8505). */
export const NOT_PRESENT = result(400, 8558, 'Action failed, participant is not present in the call.');
export const TRANSFEREE_NEEDED = result(
  400,
  8505,
  'Action failed, the call has several participants and no transferee.',
);

/**
 * Results of connect, dial-out and cancel. Not documented; chosen here by the documented meaning of the codes (8522:
 * "not found").
 */
export const LOCATOR_NOT_FOUND = result(404, 8522, 'Call not found.');
export const DIAL_OUT_DISABLED = result(403, 7504, 'Action failed, PSTN dial-out is not enabled for the room.');
export const NOT_RINGING = result(400, 8523, 'Action failed, the invitation is not pending.');

/**
 * A person hangs up: for phones 540000 on an inbound leg and 560000 on an outbound one (ACS-D28); for users 5010 is chosen
 * here.
 */
export function hungUpBy({ identifier, call }: Leaving): ResultInformation {
  if (!isPhone(identifier)) {
    return conversationEnded(200, 5010, 0);
  }
  return conversationEnded(200, call.caller === identifier.rawId ? 540000 : 560000, 0);
}

/** Someone in a call, of which the raw id of the party that dialed is known. */
interface Leaving {
  readonly identifier: Identifier;
  readonly call: { readonly caller?: string | undefined };
}

const CREATE_FAILED_USER: Record<Failure, ResultInformation> = {
  declined: conversationEnded(200, 5002, 0), // recorded
  busy: conversationEnded(486, 560486, 486), // not documented; chosen here: the code of a phone
  noAnswer: conversationEnded(480, 560480, 480), // not documented; chosen here, as busy
  unreachable: conversationEnded(408, 10057, 408), // documented: no signalling from the callee
  invalidNumber: conversationEnded(480, 10037, 480), // a user has no number; chosen here: not registered (ACS-D27)
  canceled: conversationEnded(487, 540487, 487),
};

const CREATE_FAILED_PHONE: Record<Failure, ResultInformation> = {
  declined: conversationEnded(603, 560603, 603),
  busy: conversationEnded(486, 560486, 486),
  noAnswer: conversationEnded(480, 560480, 480),
  unreachable: conversationEnded(404, 560404, 404),
  invalidNumber: conversationEnded(484, 560484, 484),
  canceled: conversationEnded(487, 560487, 487),
};

// The sub-codes are documented. Their codes are not; chosen here: the SIP status with the same meaning.
const INVITE_FAILED: Record<Failure, ResultInformation> = {
  declined: result(603, 8538, 'Action failed, the participant declined.'),
  busy: result(486, 8539, 'Action failed, the participant is busy.'),
  noAnswer: result(480, 8541, 'Action failed, the participant is unavailable.'),
  canceled: result(487, 8542, 'Action failed, the invitation was canceled.'),
  unreachable: result(404, 8544, 'Action failed, the participant is unreachable.'),
  invalidNumber: result(484, 8544, 'Action failed, the participant is unreachable.'),
};

const diagnosed = (sip: Diagnostic, q850: Diagnostic) => ({ sipDetails: sip, q850Details: q850 });
const diagnostic = (code: number, message: string): Diagnostic => ({ code, message });

/**
 * The pairs of RFC 3398, where it has one. Which carriers report what is not documented; chosen here: each failure of a
 * phone has both.
 */
const PHONE_DIAGNOSTICS: Record<Failure, Pick<ResultInformation, 'sipDetails' | 'q850Details'>> = {
  declined: diagnosed(diagnostic(603, 'Decline'), diagnostic(21, 'Call rejected')),
  busy: diagnosed(diagnostic(486, 'Busy Here'), diagnostic(17, 'User busy')),
  noAnswer: diagnosed(diagnostic(480, 'Temporarily Unavailable'), diagnostic(19, 'No answer from user')),
  unreachable: diagnosed(diagnostic(404, 'Not Found'), diagnostic(1, 'Unallocated number')),
  invalidNumber: diagnosed(diagnostic(484, 'Address Incomplete'), diagnostic(28, 'Invalid number format')),
  canceled: diagnosed(diagnostic(487, 'Request Terminated'), diagnostic(16, 'Normal call clearing')),
};

/** The result of CreateCallFailed and CallDisconnected for a call that was not answered. */
export function createFailure(target: Identifier, failure: Failure): ResultInformation {
  return isPhone(target)
    ? { ...CREATE_FAILED_PHONE[failure], ...PHONE_DIAGNOSTICS[failure] }
    : CREATE_FAILED_USER[failure];
}

/** The result of AddParticipantFailed and CallTransferFailed. */
export function inviteFailure(target: Identifier, failure: Failure): ResultInformation {
  return { ...INVITE_FAILED[failure], ...(isPhone(target) && PHONE_DIAGNOSTICS[failure]) };
}
