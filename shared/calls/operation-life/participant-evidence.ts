/** The rules by which a participant list proves that an operation about some participants took effect. */
import type { ParticipantEvidence } from './settlement.ts';

/** All of them are in the call. */
export const allPresent: ParticipantEvidence = (participants, about) =>
  about.every((one) => participants.some(({ participant }) => participant === one));

/** None of them is in the call. */
export const allAbsent: ParticipantEvidence = (participants, about) =>
  about.every((one) => participants.every(({ participant }) => participant !== one));

/** All of them are in the call and muted. */
export const allMuted: ParticipantEvidence = (participants, about) =>
  about.every((one) => participants.some(({ participant, isMuted }) => participant === one && isMuted));

/** All of them are in the call and on hold. */
export const allOnHold: ParticipantEvidence = (participants, about) =>
  about.every((one) => participants.some(({ participant, isOnHold }) => participant === one && isOnHold));

/** All of them are in the call, and none is on hold. */
export const noneOnHold: ParticipantEvidence = (participants, about) =>
  about.every((one) => participants.some(({ participant, isOnHold }) => participant === one && !isOnHold));
