/** Reads a call at ACS, for the live endpoints and to settle operations whose event was lost. */
import type { CallAutomationClient, CallParticipant } from '@azure/communication-call-automation';
import type { Reading } from '../../calls/operation-life/reconcile.ts';
import type { Participant } from '../../calls/participant.ts';
import { type Exchange, exchange, isGone } from '../client/exchange.ts';
import { fromIdentifier, toIdentifier } from './identifiers.ts';

/** Live properties of a connection by name, because the SDK's also hold the callback URL; participants in the API's spelling. */
export async function readProperties(acs: CallAutomationClient, callConnectionId: string, abortSignal: AbortSignal) {
  return exchange(async () => {
    const read = await acs.getCallConnection(callConnectionId).getCallConnectionProperties({ abortSignal });
    const { targetParticipants = [], source, sourceCallerIdNumber, answeredby, answeredFor } = read;
    return {
      callConnectionId: read.callConnectionId,
      serverCallId: read.serverCallId,
      correlationId: read.correlationId,
      callConnectionState: read.callConnectionState,
      sourceDisplayName: read.sourceDisplayName,
      mediaStreamingSubscription: read.mediaStreamingSubscription,
      transcriptionSubscription: read.transcriptionSubscription,
      targets: targetParticipants.map(fromIdentifier),
      source: source && fromIdentifier(source),
      sourceCallerId: sourceCallerIdNumber?.phoneNumber,
      answeredBy: answeredby?.communicationUserId,
      answeredFor: answeredFor?.phoneNumber,
    };
  });
}

/** The participants of the call at this moment. */
export function readParticipants(
  acs: CallAutomationClient,
  callConnectionId: string,
  abortSignal: AbortSignal,
): Promise<Exchange<Participant[]>> {
  return exchange(async () => {
    const { values = [] } = await acs.getCallConnection(callConnectionId).listParticipants({ abortSignal });
    return values.flatMap(toParticipant);
  });
}

/** One of them. */
export function readParticipant(
  acs: CallAutomationClient,
  callConnectionId: string,
  participant: string,
  abortSignal: AbortSignal,
): Promise<Exchange<Participant | undefined>> {
  return exchange(async () => {
    const found = await acs
      .getCallConnection(callConnectionId)
      .getParticipant(toIdentifier(participant), { abortSignal });
    return toParticipant(found)[0];
  });
}

/** The state of a call in one word and its participants; undefined when ACS does not answer now. */
export async function readCallAt(
  acs: CallAutomationClient,
  callConnectionId: string,
  abortSignal: AbortSignal,
): Promise<Reading | undefined> {
  const properties = await readProperties(acs, callConnectionId, abortSignal);
  if (properties.kind === 'refused' && isGone(properties)) {
    const { acsCode, acsSubCode, acsMessage } = properties;
    return { state: 'gone', refusal: { acsCode, ...(acsSubCode !== undefined && { acsSubCode }), acsMessage } };
  }
  if (properties.kind !== 'answered') {
    return undefined;
  }
  if (properties.answer.callConnectionState !== 'connected') {
    return { state: 'other' };
  }
  const participants = await readParticipants(acs, callConnectionId, abortSignal);
  return participants.kind === 'answered' ? { state: 'connected', participants: participants.answer } : undefined;
}

/** Whether ACS records, pauses, or knows nothing of a recording any more; undefined when it does not answer now. */
export async function readRecordingState(
  acs: CallAutomationClient,
  acsRecordingId: string,
  abortSignal: AbortSignal,
): Promise<'active' | 'inactive' | 'gone' | undefined> {
  const state = await exchange(() => acs.getCallRecording().getState(acsRecordingId, { abortSignal }));
  if (state.kind === 'answered') {
    return state.answer.recordingState === 'active' ? 'active' : 'inactive';
  }
  return state.kind === 'refused' && isGone(state) ? 'gone' : undefined;
}

/** The participants of a list or an event of ACS, in the API's spelling. */
export function toParticipant({ identifier, isMuted = false, isOnHold = false }: CallParticipant): Participant[] {
  return identifier ? [{ participant: fromIdentifier(identifier), isMuted, isOnHold }] : [];
}
