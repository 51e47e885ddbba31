/** Converts participants between the API's spelling (`+14255550123`, `8:acs:…`) and the SDK's identifiers. */
import {
  type CommunicationIdentifier,
  createIdentifierFromRawId,
  getIdentifierKind,
  getIdentifierRawId,
  isUnknownIdentifier,
  type PhoneNumberIdentifier,
  type UnknownIdentifier,
} from '@azure/communication-common';
import parsePhoneNumber from 'libphonenumber-js/max';

const rawId = /^\d{1,3}:[^\s\p{C}]{1,256}$/u;

/**
 * The one spelling of a participant: E.164 for a phone number (also when it came as `4:+…`), otherwise the raw id. A party
 * on the telephone network that withholds its number, or whose number a network asserts, has a raw id of its own
 * (`4:anonymous`, `4:+14255550123_…`; ACS-D1, ACS-D22). Undefined for anything that is neither.
 */
export function canonicalParticipant(text: string): string | undefined {
  if (text.startsWith('+')) {
    return isE164(text) ? text : undefined;
  }
  if (!rawId.test(text)) {
    return undefined;
  }
  const number = text.slice(telephone.length);
  return text.startsWith(telephone) && isE164(number) ? number : text;
}

/** The prefix of the raw ids of the telephone network. */
const telephone = '4:';

/** E.164 with a length that the country's numbering plan allows; newly opened ranges pass. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{1,14}$/.test(text) && parsePhoneNumber(text)?.isPossible() === true;
}

/** Whether the participant is a phone number that can be dialed: ACS then needs a caller id. */
export function isPhoneNumber(participant: string): boolean {
  return participant.startsWith('+');
}

/** Whether the participant is reached over the telephone network. */
export function isTelephone(participant: string): boolean {
  return isPhoneNumber(participant) || participant.startsWith(telephone);
}

/** Whether the participant can be called: a party on the telephone network only by a number that can be dialed. */
export function isDialable(participant: string): boolean {
  return !participant.startsWith(telephone);
}

/** The number that a network asserts for a participant, or the participant's own; undefined without one. */
export function numberOf(participant: string): string | undefined {
  return /^(?:4:)?(\+[1-9]\d{1,14})(?:_|$)/.exec(participant)?.[1];
}

/** The kind of a participant as the SDK reads its raw id, such as `phoneNumber` or `microsoftTeamsUser`. */
export function kindOf(participant: string) {
  return getIdentifierKind(toIdentifier(participant)).kind;
}

/** The SDK's identifier of a participant. */
export function toIdentifier(participant: string): CommunicationIdentifier {
  return isPhoneNumber(participant) ? toPhoneNumber(participant) : createIdentifierFromRawId(participant);
}

/** The identifiers that the SDK's types let a call be placed to. */
type Invitee = Exclude<CommunicationIdentifier, UnknownIdentifier>;

/**
 * The SDK's identifier of a callee. A raw id of a kind that the SDK does not know stays of unknown kind: its types forbid
 * that, and it sends such an identifier all the same (ACS-S7).
 */
export function toInvitee(participant: string): Invitee {
  const identifier = toIdentifier(participant);
  return isUnknownIdentifier(identifier) ? (identifier as object as Invitee) : identifier;
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
