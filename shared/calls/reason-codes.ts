/** The reasons, and which codes of ACS mean which, each with the row of docs/acs-facts.md that says so. */

/** The reasons, each with the sentence that states it. */
export const reasons = {
  declined: 'The callee declined.',
  busy: 'The callee was busy.',
  noAnswer: 'No one answered in time.',
  unreachable: 'The callee could not be reached.',
  invalidNumber: 'The number is not valid, or does not exist.',
  notAllowed: 'ACS or the network does not permit it.',
  callerLeft: 'The caller left.',
  calleeLeft: 'The callee left.',
  hungUp: 'It was ended on request of the app.',
  transferred: 'The call was transferred.',
  canceled: 'It was canceled before it was complete.',
  timedOut: 'What was waited for did not happen in time.',
  mediaFailed: 'Audio could not be played, received or understood.',
  streamFailed: 'The stream of audio or transcription failed.',
  notFound: 'ACS does not know the call, recording or participant.',
  conflict: 'Another operation, or the state of the call, is in the way.',
  limitReached: 'A limit is reached.',
  rejectedByAcs: 'ACS rejected the request.',
  throttled: 'ACS gets too many requests.',
  acsUnavailable: 'ACS failed.',
  unknown: 'Nothing states why.',
} as const;

export type Reason = keyof typeof reasons;

/** Codes with one meaning. A row with `code` holds for its sub-codes under that code only. */
export interface CodeReason {
  readonly reason: Reason;
  readonly code?: number;
  readonly subCodes: readonly number[];
  readonly means: string;
  readonly source: string;
}

/** A row of sub-codes, whatever the code beside them. */
const row = (reason: Reason, subCodes: readonly number[], means: string, source: string): CodeReason => ({
  reason,
  subCodes,
  means,
  source,
});

/** Sub-codes of call ends, failed operations and refusals. */
export const subCodeReasons: readonly CodeReason[] = [
  row('declined', [5002], 'rejected by the callee', 'ACS-R2'),
  row('declined', [5003, 10024], 'declined at every device of the callee', 'ACS-D27'),
  row('declined', [8538], 'callee declined', 'ACS-D29'),
  row('busy', [8539, 8540], 'callee busy, or busy everywhere', 'ACS-D29'),
  row('noAnswer', [5013], 'no one joined the group call', 'ACS-D34'),
  row('noAnswer', [4506, 10004], 'neither accepted nor rejected in time', 'ACS-D27'),
  row('noAnswer', [8541], 'callee unavailable', 'ACS-D29'),
  row('noAnswer', [8586, 8587, 8610], 'incoming call not acknowledged or not answered in time', 'ACS-D29'),
  row('unreachable', [10037, 10076, 10077, 10078], 'no device of the callee is registered or online', 'ACS-D27'),
  row('unreachable', [10057], 'the callee did not finish the setup of the call', 'ACS-D27'),
  row('unreachable', [1106, 10134], 'the answer was not acknowledged, or no route was found', 'ACS-D34'),
  row('unreachable', [3100, 3111, 3112, 4502], 'the network of the client failed during the setup', 'ACS-D33'),
  row('unreachable', [500001], 'the gateway of the user did not respond', 'ACS-D28'),
  row('unreachable', [511404], 'phone number or resource not found', 'ACS-D28'),
  row('unreachable', [8544], 'callee unreachable', 'ACS-D29'),
  row('notAllowed', [510403], 'blocked: no valid caller id, or marked as spam', 'ACS-D28'),
  row('notAllowed', [10199], 'the callee may not be called', 'ACS-D34'),
  row('notAllowed', [511532], 'no direct routing is configured', 'ACS-D28'),
  row('notAllowed', [5828, 5829, 5830], 'the room does not admit the participant now', 'ACS-D27'),
  row('notAllowed', [4507, 10009], 'token not valid', 'ACS-D27'),
  row('notAllowed', [7500, 7501, 7502, 7504, 7505, 7506, 7507, 7508, 7509, 7510], 'identity or permission', 'ACS-D30'),
  row('notAllowed', [7600, 7601, 7602, 7603, 7604, 7605, 7606], 'identity or access of the resource', 'ACS-D30'),
  row('notAllowed', [8560, 8566], 'locked meeting, or unmuting of others', 'ACS-D29'),
  row('callerLeft', [540000], 'the phone of an inbound leg hung up', 'ACS-D28'),
  row('calleeLeft', [560000], 'the phone of an outbound leg hung up', 'ACS-D28'),
  row('calleeLeft', [4097, 4521, 5010, 18503], 'the other participant ended or left the call', 'ACS-D34'),
  row('hungUp', [7000], 'ended through Call Automation', 'ACS-R19'),
  row('hungUp', [10550], 'ended by the app', 'ACS-D34'),
  row('hungUp', [5000, 5300, 5317], 'removed from the call', 'ACS-D27'),
  row('transferred', [7015], 'the call was transferred', 'ACS-D34'),
  row('canceled', [10003], 'accepted at another device', 'ACS-D27'),
  row('canceled', [8508, 9003], 'operation canceled', 'ACS-D29'),
  row('canceled', [8542], 'call or invitation canceled', 'ACS-R20'),
  row('canceled', [8572], 'the end of the call stopped what was played', 'ACS-D11'),
  row('canceled', [8579, 8604], 'transcription or media streaming canceled', 'ACS-D29'),
  row('timedOut', [8509, 8510], 'nothing was said or pressed in time', 'ACS-D29'),
  row('timedOut', [8532], 'the next digit was not pressed in time', 'ACS-D29'),
  row('timedOut', [8537], 'keep-alive timeout', 'ACS-D29'),
  row('mediaFailed', [1005], 'no media connection to the app', 'ACS-D34'),
  row('mediaFailed', [7, 3101, 301005], 'the media connection was lost', 'ACS-D33'),
  row('mediaFailed', [301004, 531004], 'no media connection could be made', 'ACS-D33'),
  row('mediaFailed', [8503, 8504, 8513], 'no audio in the call', 'ACS-D29'),
  row('mediaFailed', [8511, 8512, 8535, 8536], 'what was to be played could not be loaded or played', 'ACS-D29'),
  row('mediaFailed', [8534, 8547, 8563], 'what was pressed or said matches no choice', 'ACS-D29'),
  row('mediaFailed', [8564, 8565, 8568, 8570], 'the speech service failed', 'ACS-D29'),
  row('streamFailed', [8578, 8580, 8581, 8603], 'transcription or media streaming failed', 'ACS-D29'),
  { reason: 'rejectedByAcs', code: 405, subCodes: [8522], means: 'configuration is missing', source: 'ACS-D12' },
  row('notFound', [8522], 'call, recording or participant not found', 'ACS-R13'),
  row('notFound', [8543], 'the call does not exist', 'ACS-D29'),
  row('notFound', [8558], 'the participant is not in the call', 'ACS-D29'),
  row('conflict', [8500, 8583], 'another media operation is in the way', 'ACS-D15'),
  row('conflict', [8501, 8528, 8585], 'the call is not connected, or has ended', 'ACS-D15'),
  row('conflict', [8519], 'another action on the same resource is in progress', 'ACS-D15'),
  row('conflict', [8553, 8559, 8571, 8573], 'the recording is in another state', 'ACS-D29'),
  row('conflict', [8555, 8607], 'another transfer is in progress', 'ACS-D29'),
  row('limitReached', [8515, 8521], 'longest recording, or most hops', 'ACS-D29'),
  row('limitReached', [8529, 8530, 8613], "the resource's limit of calls or captions", 'ACS-D29'),
  row('throttled', [8516, 8589], 'too many requests', 'ACS-D29'),
  row('rejectedByAcs', [8520, 8551, 8556, 8562, 8605], 'not supported', 'ACS-D29'),
  row('rejectedByAcs', [8505, 8523, 8557, 8582], 'invalid request', 'ACS-D29'),
  row('rejectedByAcs', [8567], "the speech service's access is not configured", 'ACS-D29'),
  row('acsUnavailable', [9001, 9002, 9998, 9999], 'error inside ACS', 'ACS-D29'),
];

/** Meanings of a SIP status in the sub-code of a telephone leg, which has 540000 or 560000 added. */
export const sipReasons: readonly CodeReason[] = [
  row('notAllowed', [403, 608], 'forbidden or rejected by the network', 'ACS-D28'),
  row('unreachable', [404], 'no phone or route was found for the number', 'ACS-D28'),
  row('unreachable', [408], 'the phone did not respond to the setup of the call', 'ACS-D28'),
  row('invalidNumber', [410, 604], 'the number no longer exists, or exists nowhere', 'ACS-D32'),
  row('noAnswer', [480], 'no answer, or temporarily unavailable', 'ACS-D28'),
  row('invalidNumber', [484], 'incomplete or invalid number', 'ACS-D28'),
  row('busy', [486, 600], 'busy, or busy everywhere', 'ACS-D28'),
  row('canceled', [487], 'ended before it was answered', 'ACS-D28'),
  row('mediaFailed', [488, 606], 'no common media format', 'ACS-D32'),
  row('unreachable', [500, 502, 503, 504], 'a part of the telephone network failed', 'ACS-D28'),
  row('declined', [603, 607], 'declined, or unwanted', 'ACS-D28'),
];

/** Meanings of the code alone: the HTTP status of a refusal, or that of an event with a sub-code that is in no row. */
export const statusReasons: readonly CodeReason[] = [
  row('notAllowed', [401, 403], 'not authenticated or not permitted', 'ACS-D31'),
  row('notFound', [404], 'not found', 'ACS-D31'),
  row('timedOut', [408], 'timeout', 'ACS-D31'),
  row('conflict', [409, 412], 'conflict, or a precondition failed', 'ACS-D31'),
  row('mediaFailed', [410], 'the media connection failed', 'ACS-D33'),
  row('throttled', [429], 'too many requests', 'ACS-D31'),
  row('unreachable', [430, 480], 'no device of the callee can be reached', 'ACS-D27'),
  row('busy', [486], 'busy', 'ACS-D28'),
  row('canceled', [487], 'canceled', 'ACS-D31'),
  row('rejectedByAcs', [400, 405, 406, 413, 426, 481], 'invalid or not supported', 'ACS-D31'),
  row('acsUnavailable', [500, 501, 502, 503, 504], 'error inside ACS', 'ACS-D31'),
  row('declined', [603], 'declined', 'ACS-D31'),
];
