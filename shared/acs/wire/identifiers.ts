/** Converts participants between the API's spelling (`+14255550123`, `8:acs:…`) and the SDK's identifiers. */
import {
  type CommunicationIdentifier,
  createIdentifierFromRawId,
  getIdentifierRawId,
  isUnknownIdentifier,
  type PhoneNumberIdentifier,
  type UnknownIdentifier,
} from '@azure/communication-common';
import parsePhoneNumber from 'libphonenumber-js';

const rawId = /^\d{1,3}:\S{1,256}$/;

/**
 * The one spelling of a participant: E.164 for a phone number (also when it came as `4:+…`), otherwise the raw id.
 * Undefined for anything that is neither.
 */
export function canonicalParticipant(text: string): string | undefined {
  const number = text.startsWith('4:') ? text.slice(2) : text;
  if (number.startsWith('+')) {
    return isE164(number) ? number : undefined;
  }
  return rawId.test(text) && !text.startsWith('4:') ? text : undefined;
}

/** E.164 with a length that the country's numbering plan allows; newly opened ranges pass. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{1,14}$/.test(text) && parsePhoneNumber(text)?.isPossible() === true;
}

/** Whether the participant is reached over the telephone network: ACS then needs a caller id. */
export function isPhoneNumber(participant: string): boolean {
  return participant.startsWith('+');
}

/** The SDK's identifier of a participant. */
export function toIdentifier(participant: string): CommunicationIdentifier {
  return isPhoneNumber(participant) ? toPhoneNumber(participant) : createIdentifierFromRawId(participant);
}

/** The SDK's identifier of a callee. A raw id of a kind that the SDK does not know is sent as a user: ACS decides. */
export function toInvitee(participant: string): Exclude<CommunicationIdentifier, UnknownIdentifier> {
  const identifier = toIdentifier(participant);
  return isUnknownIdentifier(identifier) ? { communicationUserId: identifier.id } : identifier;
}

/** The SDK's identifier of an E.164 number. */
export function toPhoneNumber(phoneNumber: string): PhoneNumberIdentifier {
  return { phoneNumber };
}

/** The participant of an SDK identifier. Anonymous callers have no number: they keep their raw id. */
export function fromIdentifier(identifier: CommunicationIdentifier): string {
  const raw = getIdentifierRawId(identifier);
  return canonicalParticipant(raw) ?? raw;
}
