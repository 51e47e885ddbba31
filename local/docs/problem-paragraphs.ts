/** What each problem of the API means and what to do about it, for docs/problems.md. */
import type { ErrorCode } from '../../shared/errors.ts';

interface Paragraph {
  readonly means: string;
  readonly remedy: string;
}

const retryLater = 'Wait as long as `Retry-After` says, then send the same request with the same `Idempotency-Key`.';
const checkId = 'Check the id. What is older than the retention period is removed.';
const readRecording = 'Read `GET /recordings/{recordingId}` for its status.';

/** A code that is added does not compile until it has its paragraph. */
export const problemParagraphs: Readonly<Record<ErrorCode | 'internalError', Paragraph>> = {
  invalidJson: {
    means: 'The body cannot be parsed as JSON.',
    remedy: 'Send one JSON object with `Content-Type: application/json`.',
  },
  unauthorized: {
    means:
      'The request has no credential, or one that is not valid: expired, revoked, or of another tenant, API or issuer.',
    remedy:
      'Send a current token of Microsoft Entra as `Authorization: Bearer`, or an API key as `x-api-key`, whichever the app takes. If callbacks of your own ACS resource are refused, compare `ACS_RESOURCE_ID` with the immutable id of the resource.',
  },
  forbidden: {
    means: 'The caller is known, and has none of the roles that `detail` names.',
    remedy: 'Ask an administrator for one of them; `docs/how-to/give-access.md` says how it is given.',
  },
  notFound: {
    means: 'No endpoint has this path.',
    remedy:
      '`GET /api` lists where to start, `GET /api/openapi.json` every path. An id must not be empty, nor a slash doubled.',
  },
  methodNotAllowed: {
    means: 'The path exists, and has other methods than the one of the request.',
    remedy: 'Use one of the methods in the header `Allow`.',
  },
  preconditionFailed: {
    means:
      'The resource is not the version whose ETag `If-Match` names: it has changed, or is deleted, since it was read.',
    remedy: 'Read it again, apply the change to what it is now, and send that with the new ETag.',
  },
  callNotFound: {
    means: 'No call has this id. A call that only rings is an incoming call, and no call yet.',
    remedy: checkId,
  },
  incomingCallNotFound: { means: 'No incoming call has this id.', remedy: checkId },
  operationNotFound: {
    means: 'No operation has this id. A request that was answered with 4xx before ACS was asked leaves none behind.',
    remedy: checkId,
  },
  participantNotFound: {
    means: 'ACS finds no participant with this id in the call now.',
    remedy: 'Read `GET /calls/{callId}/participants` for those who are in it.',
  },
  routingRuleNotFound: {
    means: 'No routing rule has this id.',
    remedy: 'Read `GET /routing-rules` for those that exist.',
  },
  recordingNotFound: { means: 'No recording has this id.', remedy: checkId },
  recordingNotReady: {
    means: 'The recording exists, and its file is not in the archive yet, or never will be because it failed.',
    remedy: `Wait for the event RecordingArchived. ${readRecording}`,
  },
  recordingChunkNotFound: {
    means: 'The recording has fewer files than the `chunk` that was asked for.',
    remedy: 'Ask for one of `files[]` of the recording; they count from 0.',
  },
  deliveryNotFound: {
    means: 'No delivery to this receiver has this id: none of its attempts failed, or it is kept no more.',
    remedy: 'Read `GET /webhooks/{webhookId}/deliveries` for those that are kept; `NOTIFY_KEEP_DAYS` says how long.',
  },
  eventLogOff: {
    means: 'The log of events is off: each event would cost a storage transaction that not every subscriber needs.',
    remedy: 'Set `EVENT_LOG_DAYS`. Events are logged from then on.',
  },
  auditOff: {
    means: 'No audit trail is kept: `AUDIT_DAYS` is 0, as it is in local mode unless it is set.',
    remedy: 'Set `AUDIT_DAYS`. Requests are kept from then on.',
  },
  webhookDisabled: {
    means:
      'The webhook gets no messages: it was put with `enabled: false`, or its receiver unsubscribed or failed for a day.',
    remedy: 'Check the receiver with `POST /webhooks/{webhookId}/test`, enable the webhook with PUT, then resend.',
  },
  apiKeyNotFound: { means: 'No API key has this id.', remedy: 'Read `GET /api-keys` for those that exist.' },
  webhookNotFound: { means: 'No webhook has this id.', remedy: 'Read `GET /webhooks` for those that exist.' },
  erasureNotFound: { means: 'No erasure has this id.', remedy: checkId },
  callNotEnded: {
    means: 'Only a call that is over is deleted: this one is not, or one of its operations has no outcome yet.',
    remedy: 'Hang the call up, wait until its `status` is `disconnected` or `failed`, then delete it.',
  },
  sequenceNotFound: { means: 'No sequence has this id.', remedy: checkId },
  callNotConnected: {
    means: 'The operation needs a call in another state, mostly a connected one. `detail` names both states.',
    remedy: 'Wait for the event CallConnected, or read the call until its `status` is `connected`.',
  },
  callNotAnswerable: {
    means: 'The call no longer rings: it was answered, rejected, redirected, or rang longer than its ring window.',
    remedy: 'Read the incoming call for what happened to it. Nothing is left to answer.',
  },
  mediaConflict: {
    means: 'ACS plays to or listens to a participant once at a time, and `blockingOperationId` does so now.',
    remedy:
      'Wait until that operation has settled, use `interrupt` where the operation has it, or `POST …/media/cancel-all`.',
  },
  tooManyRoutingRules: {
    means: 'As many routing rules exist as there can be: all of them are read for each incoming call.',
    remedy:
      'Delete one that is no longer used, or replace several by one with a prefix, or by one that starts a sequence.',
  },
  tooManyWebhooks: {
    means: 'As many webhooks exist as there can be: each of them costs a delivery for each event.',
    remedy: 'Delete one that is no longer used.',
  },
  tooManyApiKeys: {
    means: 'As many API keys exist as there can be.',
    remedy: 'Revoke one that is no longer used: `lastUsedAt` says when each was used.',
  },
  apiKeysOff: {
    means: 'The app knows its callers by Microsoft Entra, so that a new API key would open nothing.',
    remedy:
      'Assign an app role of the API in Microsoft Entra instead, or have the app deployed with `AUTH_MODE` `keys`.',
  },
  conflict: {
    means: 'Something of that id exists, or another request changed it at the same time.',
    remedy: 'Read the resource, and decide again.',
  },
  recordingRunning: {
    means: 'The call is being recorded; ACS records a call once at a time.',
    remedy: 'Stop the running recording first, or use it.',
  },
  recordingNotRunning: { means: 'Only a recording that runs can be paused or stopped.', remedy: readRecording },
  recordingNotPaused: { means: 'Only a paused recording can be resumed.', remedy: readRecording },
  recordingNotStopped: {
    means: 'Only a recording that has ended can be deleted.',
    remedy: 'Stop it first, or wait for the end of the call.',
  },
  recordingLimit: {
    means: 'The call has as many recordings, or the recording as many pauses, as the app keeps.',
    remedy: 'Go on with the recording that exists; a new call has its own.',
  },
  sequenceEnded: { means: 'The sequence has ended, so it cannot be canceled.', remedy: 'Read it for its outcome.' },
  callEnded: {
    means: 'The call has ended, so no operation on it is possible and there is nothing live to read.',
    remedy: 'Read the call: its `reason`, `endedBy` and `end` say why it ended.',
  },
  recordingDeleted: {
    means: 'The recording was deleted, at ACS and in the archive.',
    remedy: 'Nothing brings it back.',
  },
  bodyTooLarge: { means: 'The body has more than 256 KiB.', remedy: 'Send less; prompts belong in files at a URL.' },
  unsupportedMediaType: {
    means: 'The body is of another type than JSON.',
    remedy: 'Send `Content-Type: application/json`.',
  },
  rangeNotSatisfiable: {
    means: 'The file has no byte of the range that was asked for. `Content-Range` states its length.',
    remedy: 'Ask for a range within the file.',
  },
  invalidInput: {
    means:
      'Fields, parameters or headers are not valid. `errors` lists every one with its JSON path, and nothing was done.',
    remedy: 'Correct them all and send the request again.',
  },
  notSupported: {
    means: 'The request is well-formed, and names what ACS documents that it does not support, such as a Teams user.',
    remedy: 'See `errors` for the fields. `ALLOW_TEAMS_INTEROP` lets identifiers of Teams through.',
  },
  destinationNotAllowed: {
    means:
      'The limits of the app do not allow a number to be dialed: its country is not allowed, or it is in a premium, shared-cost, personal or satellite range that is not named. `errors` names the prefix; ACS was not asked.',
    remedy:
      'Where the number is meant to be dialed, name its country or prefix in `allowedDestinations` of `PUT /limits`.',
  },
  idempotencyKeyReused: {
    means: 'The `Idempotency-Key` is that of another request: its method, path or body differ.',
    remedy: 'Use a new UUID for each request, and the same one only to repeat it.',
  },
  limitReached: {
    means: 'A limit of the app is reached; `detail` names it.',
    remedy:
      'Wait as long as `Retry-After` says, have a call wait by `queue`, or raise the limit in the settings or by `PUT /limits`.',
  },
  acsRefused: {
    means:
      "ACS answered the request with an error: `acsCode` is the status, `acsSubCode` its own code, `acsMessage` its words. The problem's status is ACS's, except 401, 403 and 5xx of ACS, which are 502: the request is not their cause.",
    remedy:
      'Look up the codes in [reasons.md](reasons.md). 401 and 403 are configuration of the app; 429 and 5xx pass, so retry them under a new `Idempotency-Key`.',
  },
  acsUnreachable: {
    means: 'ACS did not answer a live read in time.',
    remedy: 'Read again; `GET /calls/{callId}` answers from the ledger without ACS.',
  },
  operationInProgress: {
    means: 'Another request with this `Idempotency-Key` is being performed.',
    remedy: retryLater,
  },
  identityUnavailable: {
    means:
      'The keys that sign tokens of Microsoft Entra could not be fetched, and none are cached, so the caller is not known.',
    remedy: retryLater,
  },
  storageUnavailable: {
    means: 'Storage does not answer, so the request was not performed, or its outcome could not be stored.',
    remedy: `${retryLater} The key makes sure that nothing happens twice. \`GET /health\` names the part that fails.`,
  },
  internalError: {
    means: 'The app has a defect. The log has the error under the `correlationId`.',
    remedy: 'Report it with the `correlationId`.',
  },
};
