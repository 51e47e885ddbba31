/** The types of the API, long because `npm run docs` generates them from docs/openapi.json; do not edit. */
export interface paths {
    readonly "/calls": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Calls by any of their filters, newest first */
        readonly get: operations["listCalls"];
        readonly put?: never;
        /** Call a user or a phone number, or several of them as a group call */
        readonly post: operations["createCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/search": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Calls by the filters of their list, which are in no URL here */
        readonly post: operations["searchCalls"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The live calls as they change, each for the last time when it has ended, as Server-Sent Events */
        readonly get: operations["followCalls"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A call as the ledger knows it */
        readonly get: operations["getCall"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a call that is over, and all that belongs to it */
        readonly delete: operations["deleteCall"];
        readonly options?: never;
        readonly head?: never;
        /** Merge metadata into those of a call, also after its end; null removes a key */
        readonly patch: operations["updateCall"];
        readonly trace?: never;
    };
    readonly "/calls/{callId}/timeline": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The history of a call: requests, responses of ACS, events and outcomes */
        readonly get: operations["getTimeline"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A call as one file: requests, responses and events, with people as tokens */
        readonly get: operations["exportCall"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A call and its timeline as they change, as Server-Sent Events */
        readonly get: operations["followCall"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/properties": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The live properties of a call, from ACS */
        readonly get: operations["getProperties"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/incoming-calls": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Incoming calls by any of their filters, newest first */
        readonly get: operations["listIncomingCalls"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/incoming-calls/search": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Incoming calls by the filters of their list, which are in no URL here */
        readonly post: operations["searchIncomingCalls"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/incoming-calls/{incomingCallId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An incoming call */
        readonly get: operations["getIncomingCall"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/participants": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who is in a call now, from ACS */
        readonly get: operations["listParticipants"];
        readonly put?: never;
        /** Invite a user or a phone number into the call */
        readonly post: operations["addParticipant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/participants/{participantId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One participant, from ACS */
        readonly get: operations["getParticipant"];
        readonly put?: never;
        readonly post?: never;
        /** Remove a participant from the call; the path has the participantId */
        readonly delete: operations["removeParticipantById"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/continuous-dtmf": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The digits that a participant pressed while continuous DTMF recognition ran */
        readonly get: operations["getContinuousDtmf"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/connect": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Connect to an ongoing call: a room call, a server call or a group call */
        readonly post: operations["connectCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/incoming-calls/{incomingCallId}/answer": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Answer an incoming call */
        readonly post: operations["answerCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/incoming-calls/{incomingCallId}/reject": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Reject an incoming call */
        readonly post: operations["rejectCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/incoming-calls/{incomingCallId}/redirect": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Redirect an incoming call to one other user or phone number */
        readonly post: operations["redirectCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/hang-up": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Leave the call, or end it for everyone; in a 1:1 call both end it */
        readonly post: operations["hangUp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/transfer": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Transfer the other side of a 1:1 call, or `transferee` of a group call, to another endpoint */
        readonly post: operations["transferCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/participants/cancel-add": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Cancel an invitation; the addParticipant that made it ends `canceled` */
        readonly post: operations["cancelAddParticipant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/participants/remove": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Remove a participant from the call */
        readonly post: operations["removeParticipant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/participants/mute": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Mute a user; phone numbers cannot be muted */
        readonly post: operations["muteParticipant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/participants/{participantId}/mute": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Mute a user; phone numbers cannot be muted; the path has the participantId */
        readonly post: operations["muteParticipantById"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/participants/move": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Move participants from another call into this one */
        readonly post: operations["moveParticipants"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/play": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Play audio files, text or SSML to all participants, or to some */
        readonly post: operations["play"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/recognize": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Listen to a participant for digits, speech or one of several choices */
        readonly post: operations["recognize"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/cancel-all": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Cancel every media operation of the call, running or queued */
        readonly post: operations["cancelAllMediaOperations"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/send-dtmf": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send 1 to 18 DTMF tones to a phone number in the call */
        readonly post: operations["sendDtmfTones"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/continuous-dtmf/start": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Report each tone that a participant presses */
        readonly post: operations["startContinuousDtmfRecognition"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/continuous-dtmf/stop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stop reporting the tones that a participant presses */
        readonly post: operations["stopContinuousDtmfRecognition"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/hold": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Put a participant on hold, and play to them meanwhile */
        readonly post: operations["hold"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/unhold": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Take a participant off hold */
        readonly post: operations["unhold"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/streaming/start": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Start streaming audio to the WebSocket of the call */
        readonly post: operations["startMediaStreaming"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/streaming/stop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stop streaming audio */
        readonly post: operations["stopMediaStreaming"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/transcription/start": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Start transcribing to the WebSocket of the call */
        readonly post: operations["startTranscription"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/transcription/update": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Transcribe in another language from now on */
        readonly post: operations["updateTranscription"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/media/transcription/stop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stop transcribing */
        readonly post: operations["stopTranscription"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/calls/{callId}/recordings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Record the call; a second recording while one runs is refused */
        readonly post: operations["startRecording"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/recordings/{recordingId}/pause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Pause a recording: what is said until it is resumed is not recorded */
        readonly post: operations["pauseRecording"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/recordings/{recordingId}/resume": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Resume a recording that is paused */
        readonly post: operations["resumeRecording"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/recordings/{recordingId}/stop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stop a recording; its files are archived when ACS has them ready */
        readonly post: operations["stopRecording"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/recordings/{recordingId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A recording, and its files in the archive */
        readonly get: operations["getRecording"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a recording that has stopped: its archive and ACS's copy. Files in a container of yours stay */
        readonly delete: operations["deleteRecording"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/operations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The operations of a call, or those over all calls that did not succeed, newest first */
        readonly get: operations["listOperations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/operations/{operationId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An operation and its outcome */
        readonly get: operations["getOperation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/recordings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Recordings, newest first */
        readonly get: operations["listRecordings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/recordings/{recordingId}/content": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A file of a recording, from the archive */
        readonly get: operations["getRecordingContent"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/sequences": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Sequences, newest first */
        readonly get: operations["listSequences"];
        readonly put?: never;
        /** Start a built-in sequence by its name, or one of steps */
        readonly post: operations["startSequence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/sequences/{sequenceId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How far a sequence is, step by step */
        readonly get: operations["getSequence"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/sequences/built-in": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The sequences that can be started by their name */
        readonly get: operations["getBuiltInSequences"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/sequences/{sequenceId}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Cancel a sequence: it stops, and its steps are undone */
        readonly post: operations["cancelSequence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing-rules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The routing rules */
        readonly get: operations["listRoutingRules"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing-rules/{ruleId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A routing rule */
        readonly get: operations["getRoutingRule"];
        /** Create or replace a routing rule */
        readonly put: operations["putRoutingRule"];
        readonly post?: never;
        /** Delete a routing rule */
        readonly delete: operations["deleteRoutingRule"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing-rules/explain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Which rule would apply to a call, and why each other would not */
        readonly post: operations["explainRouting"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The webhooks */
        readonly get: operations["listWebhooks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{webhookId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A webhook, without its secret */
        readonly get: operations["getWebhook"];
        /** Create or replace a webhook, and enable one that the app disabled; one that exists keeps its secret unless another is given */
        readonly put: operations["putWebhook"];
        readonly post?: never;
        /** Delete a webhook and its deliveries */
        readonly delete: operations["deleteWebhook"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{webhookId}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The deliveries to a webhook of which an attempt failed, the newest event first; `notifyUrl` as its id lists those to the URLs of operations */
        readonly get: operations["listWebhookDeliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{webhookId}/deliveries/{deliveryId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A delivery with its attempts */
        readonly get: operations["getWebhookDelivery"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{webhookId}/deliveries/{deliveryId}/resend": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send a message again under the same `webhook-id`, with retries as at first, whether it was delivered or not */
        readonly post: operations["resendWebhookDelivery"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{webhookId}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send a signed `Switchboard.WebhookTest` now, also to a disabled webhook, and return what the receiver responds */
        readonly post: operations["testWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Events of all calls in the order in which they were logged, as webhooks get them */
        readonly get: operations["listEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/limits": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The limits in force */
        readonly get: operations["getLimits"];
        /** Replace the limits; the settings of the app hold for those that are left out */
        readonly put: operations["putLimits"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api-keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The API keys with their last use, without the keys themselves */
        readonly get: operations["listApiKeys"];
        readonly put?: never;
        /** Make an API key with roles; the response is the only one that has the key itself */
        readonly post: operations["createApiKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api-keys/{apiKeyId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Revoke an API key; other instances of the app may take it for `API_KEY_CACHE_SECONDS` longer */
        readonly delete: operations["deleteApiKey"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who changed, played and was shown what, newest first */
        readonly get: operations["listAudit"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The audit trail as one file, an entry a line */
        readonly get: operations["exportAudit"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/erasures": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Erasures, newest first */
        readonly get: operations["listErasures"];
        readonly put?: never;
        /** Erase all that is stored of a person */
        readonly post: operations["startErasure"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/erasures/{erasureId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An erasure, and its receipt */
        readonly get: operations["getErasure"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the app can serve: storage works. ACS has no request without an effect to ask it by */
        readonly get: operations["health"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This description of the API, in OpenAPI 3.1 */
        readonly get: operations["openApi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The index of the API: links to what can be read without an id */
        readonly get: operations["getApi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface webhooks {
    readonly event: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What a receiver is sent: one event, by its `type` */
        readonly post: operations["receiveEvent"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description ACS's code; of a refusal the HTTP status */
        readonly AcsCode: number;
        /** @description An event of ACS with its data */
        readonly AcsEvent: components["schemas"]["CloudEvent"] & {
            readonly type: string;
            readonly data: {
                /** Format: uuid */
                readonly callId: string;
                /** @description The operation that the event names */
                readonly operationId?: string;
                /** @description The `context` of the request for that operation */
                readonly context?: string;
                /** @description The participant that the event is about, where it is about one */
                readonly participantId?: string;
            } & {
                readonly [key: string]: unknown;
            };
        };
        /** @description ACS's words */
        readonly AcsMessage: string;
        /** @description ACS's sub-code; of a refusal the code in its body */
        readonly AcsSubCode: number;
        /**
         * @example {
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "name": "addParticipant",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "succeeded",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "createdAt": "2026-01-31T12:00:09.000Z",
         *       "result": {
         *         "invitationId": "a1212a1f-97e5-4cc1-b2b4-5fe0186e5d6a"
         *       }
         *     }
         */
        readonly AddParticipantOperation: components["schemas"]["Operation"] & {
            /** @enum {unknown} */
            readonly name: "addParticipant";
            readonly result?: {
                readonly invitationId?: string;
                /** @constant */
                readonly masked?: true;
            };
        };
        readonly AddParticipantRequest: {
            readonly target: components["schemas"]["PersonToCall"];
            readonly callerId?: components["schemas"]["PhoneNumber"];
            readonly displayName?: string;
            readonly invitationTimeoutSeconds?: number;
            readonly customContext?: components["schemas"]["CustomContext"];
            readonly sendDigits?: components["schemas"]["SendDigits"];
        } & components["schemas"]["OperationOptions"];
        readonly AnswerCallRequest: {
            readonly metadata?: components["schemas"]["Metadata"];
        } & (components["schemas"]["OperationOptions"] & components["schemas"]["MediaOptions"]);
        /**
         * @example {
         *       "name": "ACS Switchboard",
         *       "apiVersion": "2026-11-30",
         *       "links": [
         *         {
         *           "rel": "listCalls",
         *           "href": "https://switchboard.example.com/api/calls",
         *           "title": "Calls by any of their filters"
         *         }
         *       ]
         *     }
         */
        readonly ApiIndex: {
            readonly name: string;
            /** @description The date of the contract, as in the header `API-Version` */
            readonly apiVersion: string;
            readonly links: readonly {
                /** @description The `operationId` of the OpenAPI document */
                readonly rel: string;
                /** Format: uri */
                readonly href: string;
                readonly title: string;
            }[];
        };
        /**
         * @example {
         *       "apiKeyId": "9b678c1f0eb0fb54",
         *       "name": "crm",
         *       "roles": [
         *         "Calls.Read",
         *         "Calls.Operate"
         *       ],
         *       "createdAt": "2026-01-31T12:00:00.000Z"
         *     }
         */
        readonly ApiKey: {
            readonly apiKeyId: string;
            /** @description Who has the key, such as `crm` */
            readonly name: string;
            readonly roles: readonly components["schemas"]["Role"][];
            /** Format: date-time */
            readonly createdAt: string;
            /** @description The caller who made it, such as `key:…`; absent in local mode */
            readonly createdBy?: string;
            /** Format: date-time */
            readonly expiresAt?: string;
            /**
             * Format: date-time
             * @description When it was used last, to about an hour
             */
            readonly lastUsedAt?: string;
        };
        /**
         * @example {
         *       "auditId": "8203899610659-1ea44372c6c5",
         *       "at": "2026-01-31T12:00:00.000Z",
         *       "who": "key:9b678c1f0eb0fb54",
         *       "name": "crm",
         *       "kind": "change",
         *       "what": "createCall",
         *       "route": "POST /calls",
         *       "about": {
         *         "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d"
         *       },
         *       "status": 202,
         *       "requestId": "b87ebb75-1949-476d-a71c-45991ff0b2c3"
         *     }
         */
        readonly AuditEntry: {
            readonly auditId: string;
            /** Format: date-time */
            readonly at: string;
            /** @description `user:`, `app:` or `key:` and an id */
            readonly who: string;
            readonly name?: string;
            /**
             * @description `people`: they were shown; `refused`: 403
             * @enum {unknown}
             */
            readonly kind: "change" | "recording" | "people" | "refused";
            /** @description The `operationId` */
            readonly what: string;
            readonly route: string;
            readonly about: {
                readonly callId?: string;
                readonly incomingCallId?: string;
                readonly operationId?: string;
                readonly recordingId?: string;
                readonly sequenceId?: string;
                readonly erasureId?: string;
                readonly participantId?: string;
                readonly ruleId?: string;
                readonly webhookId?: string;
                readonly apiKeyId?: string;
                readonly deliveryId?: string;
            };
            readonly status: number;
            readonly requestId: string;
        };
        /** @enum {unknown} */
        readonly BuiltInName: "addThenCancel" | "ringGroup" | "warmTransfer" | "recordLifecycle" | "consentThenRecord" | "menu" | "collectDigits" | "roomCall" | "callBack";
        /**
         * @example {
         *       "name": "roomCall",
         *       "summary": "Join a room, and ask people into it",
         *       "inputSchema": {
         *         "type": "object",
         *         "properties": {
         *           "roomId": {
         *             "type": "string"
         *           }
         *         },
         *         "required": [
         *           "roomId"
         *         ]
         *       }
         *     }
         */
        readonly BuiltInSequence: {
            readonly name: string;
            readonly summary: string;
            /** @description JSON schema of its input */
            readonly inputSchema: {
                readonly [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "connected",
         *       "direction": "outbound",
         *       "from": "+14255550100",
         *       "to": [
         *         "+14255550123"
         *       ],
         *       "createdAt": "2026-01-31T12:00:00.000Z",
         *       "connectedAt": "2026-01-31T12:00:04.000Z",
         *       "roster": [
         *         {
         *           "participantId": "p-CU_hOAKH-9SDgfex",
         *           "participant": "+14255550123",
         *           "role": "target",
         *           "status": "connected",
         *           "invitedAt": "2026-01-31T12:00:00.000Z",
         *           "joinedAt": "2026-01-31T12:00:04.000Z"
         *         }
         *       ],
         *       "participants": [
         *         {
         *           "participantId": "p-CU_hOAKH-9SDgfex",
         *           "participant": "+14255550123",
         *           "isMuted": false,
         *           "isOnHold": false
         *         }
         *       ],
         *       "recordingIds": [
         *         "3b9d2f64-7c1e-8a50-b6f2-1d0e9c8b7a65"
         *       ],
         *       "sequenceIds": [],
         *       "callConnectionId": "62422c03-a768-43f7-af96-b01fe5c2e89e",
         *       "correlationId": "e7c0c224-7d93-4afb-9d6d-2db92c8fac7b"
         *     }
         */
        readonly Call: {
            /** Format: uuid */
            readonly callId: string;
            /** @enum {unknown} */
            readonly status: "connecting" | "connected" | "disconnected" | "failed" | "unknown";
            /** @enum {unknown} */
            readonly direction: "inbound" | "outbound" | "joined";
            /** @description The caller; outbound, the caller id; none between users */
            readonly from?: string;
            /** @description Those who were called */
            readonly to?: readonly string[];
            /** @description Of a joined call, instead of `from` and `to` */
            readonly locator?: components["schemas"]["Locator"];
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly connectedAt?: string;
            /** Format: date-time */
            readonly endedAt?: string;
            /** @description How long a call that has ended was connected */
            readonly durationSeconds?: number;
            /** @description Why the call ended */
            readonly reason?: components["schemas"]["Reason"];
            /** @enum {unknown} */
            readonly endedBy?: "app" | "caller" | "callee" | "acs" | "unknown";
            readonly end?: {
                readonly acsCode: components["schemas"]["AcsCode"];
                readonly acsSubCode?: components["schemas"]["AcsSubCode"];
                readonly acsMessage: components["schemas"]["AcsMessage"];
            };
            /** @description Of the request that made or answered the call */
            readonly context?: string;
            readonly metadata?: components["schemas"]["Metadata"];
            /** @description Everyone who was ever asked into the call or seen in it, at most 500 */
            readonly roster: readonly components["schemas"]["RosterEntry"][];
            /** @description Who is in the call now */
            readonly participants: readonly components["schemas"]["Participant"][];
            readonly mediaStreaming?: components["schemas"]["Stream"];
            readonly transcription?: components["schemas"]["Stream"];
            readonly recordingIds: readonly string[];
            readonly sequenceIds: readonly string[];
            readonly customContext?: components["schemas"]["CustomHeaders"];
            readonly callConnectionId?: string;
            readonly serverCallId?: string;
            readonly correlationId?: string;
        } & {
            readonly [key: string]: unknown;
        };
        /**
         * @example {
         *       "format": "acs-switchboard/call",
         *       "version": 1,
         *       "people": "tokens",
         *       "call": {
         *         "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *         "direction": "outbound",
         *         "createdAt": "2026-01-31T12:00:00.000Z"
         *       },
         *       "entries": [
         *         {
         *           "at": "2026-01-31T12:00:04.000Z",
         *           "kind": "event",
         *           "event": "CallConnected",
         *           "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *           "why": "raised for createCall"
         *         }
         *       ],
         *       "isCut": false
         *     }
         */
        readonly CallExport: {
            /** @constant */
            readonly format: "acs-switchboard/call";
            /** @constant */
            readonly version: 1;
            /** @enum {unknown} */
            readonly people: "tokens" | "clear";
            readonly call: components["schemas"]["Call"] | {
                /** Format: uuid */
                readonly callId: string;
                /** @enum {unknown} */
                readonly direction: "inbound" | "outbound" | "joined";
                /** Format: date-time */
                readonly createdAt: string;
            };
            /** @description Requests with their whole input, responses, events and outcomes */
            readonly entries: readonly (components["schemas"]["TimelineEntry"] & ({
                /** @description Of an event: its whole type */
                readonly type?: string;
                /** @description Of an event: its data as ACS sent them */
                readonly data?: {
                    readonly [key: string]: unknown;
                };
                /** @description What ACS's response or event brought */
                readonly result?: {
                    readonly [key: string]: unknown;
                };
            } & {
                readonly [key: string]: unknown;
            }))[];
            /** @description The call has more entries than the file */
            readonly isCut: boolean;
        };
        /**
         * @example {
         *       "callConnectionId": "62422c03-a768-43f7-af96-b01fe5c2e89e",
         *       "correlationId": "e7c0c224-7d93-4afb-9d6d-2db92c8fac7b",
         *       "callConnectionState": "connected",
         *       "targets": [
         *         "+14255550123"
         *       ],
         *       "sourceCallerId": "+14255550100"
         *     }
         */
        readonly CallProperties: {
            readonly callConnectionId?: string;
            readonly callConnectionState?: string;
            readonly targets: readonly string[];
        } & {
            readonly [key: string]: unknown;
        };
        readonly CancelAddParticipantRequest: {
            readonly invitationId: string;
        } & components["schemas"]["OperationOptions"];
        /**
         * @example {
         *       "specversion": "1.0",
         *       "id": "e7084e67-797e-4720-8f52-1d12babc1a3c",
         *       "type": "Microsoft.Communication.CallConnected",
         *       "source": "/calls/6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "time": "2026-01-31T12:00:04.000Z",
         *       "datacontenttype": "application/json",
         *       "data": {
         *         "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *         "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *         "callConnectionId": "62422c03-a768-43f7-af96-b01fe5c2e89e",
         *         "correlationId": "e7c0c224-7d93-4afb-9d6d-2db92c8fac7b"
         *       }
         *     }
         */
        readonly CloudEvent: {
            /** @constant */
            readonly specversion: "1.0";
            readonly id: string;
            readonly type: string;
            /** @description `/calls/{callId}`; `/sequences/{sequenceId}`, `/webhooks/{webhookId}` or `/calls` for one without a call */
            readonly source: string;
            /** Format: date-time */
            readonly time: string;
            /** @constant */
            readonly datacontenttype: "application/json";
            readonly data: {
                readonly [key: string]: unknown;
            };
        };
        readonly Condition: {
            readonly ref: string;
            readonly equals?: components["schemas"]["Scalar"];
            readonly in?: readonly components["schemas"]["Scalar"][];
            readonly exists?: boolean;
        };
        readonly ConnectCallRequest: {
            readonly locator: components["schemas"]["Locator"];
            readonly queue?: components["schemas"]["Queue"];
            readonly metadata?: components["schemas"]["Metadata"];
        } & (components["schemas"]["OperationOptions"] & components["schemas"]["MediaOptions"]);
        /**
         * @example {
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "name": "createCall",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "succeeded",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "createdAt": "2026-01-31T12:00:09.000Z",
         *       "result": {
         *         "callConnectionId": "62422c03-a768-43f7-af96-b01fe5c2e89e",
         *         "correlationId": "e7c0c224-7d93-4afb-9d6d-2db92c8fac7b"
         *       }
         *     }
         */
        readonly ConnectionOperation: components["schemas"]["Operation"] & {
            /** @enum {unknown} */
            readonly name: "createCall" | "connectCall" | "answerCall";
            readonly result?: {
                readonly callConnectionId?: string;
                readonly serverCallId?: string;
                readonly correlationId?: string;
                /** @constant */
                readonly masked?: true;
            };
        };
        /**
         * @example {
         *       "participant": "+14255550123",
         *       "status": "listening",
         *       "digits": [
         *         {
         *           "sequenceId": 1,
         *           "tone": "five",
         *           "at": "2026-01-31T12:00:07.000Z"
         *         }
         *       ],
         *       "gaps": [],
         *       "duplicates": []
         *     }
         */
        readonly ContinuousDtmf: {
            readonly participant: string;
            /** @enum {unknown} */
            readonly status: "listening" | "stopped" | "failed" | "none";
            /** @description In the order of sequenceId */
            readonly digits: readonly {
                readonly sequenceId: number;
                /**
                 * @description ACS's name of the tone
                 * @example five
                 */
                readonly tone: string;
                /** Format: date-time */
                readonly at: string;
            }[];
            /** @description Sequence ids that have not arrived */
            readonly gaps: readonly number[];
            /** @description Sequence ids that arrived more than once */
            readonly duplicates: readonly number[];
            /**
             * @description No digit is shown: a sequence collects them masked, or they are no longer kept
             * @constant
             */
            readonly masked?: true;
        };
        readonly CreateApiKeyRequest: {
            /** @description Who has the key, such as `crm` */
            readonly name: string;
            /** @description What the key opens */
            readonly roles: readonly components["schemas"]["Role"][];
            /**
             * Format: date-time
             * @description When the key stops to be valid; never unless given
             */
            readonly expiresAt?: string;
        };
        readonly CreateCallRequest: {
            readonly targets: readonly components["schemas"]["PersonToCall"][];
            readonly callerId?: components["schemas"]["PhoneNumber"];
            readonly displayName?: string;
            readonly customContext?: components["schemas"]["CustomContext"];
            readonly sendDigits?: components["schemas"]["SendDigits"];
            readonly queue?: components["schemas"]["Queue"];
            readonly metadata?: components["schemas"]["Metadata"];
        } & (components["schemas"]["OperationOptions"] & components["schemas"]["MediaOptions"]);
        /** @description Custom headers for the target: SIP User-To-User, SIP X- headers, VoIP headers */
        readonly CustomContext: readonly ({
            /** @constant */
            readonly kind: "voip";
            readonly key: string;
            readonly value: string;
        } | {
            /** @constant */
            readonly kind: "sipuui";
            readonly key?: string;
            readonly value: string;
        } | {
            /** @constant */
            readonly kind: "sipx";
            readonly key: string;
            readonly value: string;
        })[];
        readonly CustomHeader: {
            /** @enum {unknown} */
            readonly kind: "voip" | "sipuui" | "sipx";
            /** @description `User-To-User` of a sipuui header; otherwise without the prefix `X-MS-Custom-` */
            readonly key: string;
            readonly value: string;
        };
        /** @description The headers that came with an incoming call */
        readonly CustomHeaders: readonly components["schemas"]["CustomHeader"][];
        readonly DeliveryAttempt: {
            /** Format: date-time */
            readonly at: string;
            readonly durationMs: number;
            /** @description Status of the response; absent when there was none */
            readonly status?: number;
            /** @description Why it failed; absent when the receiver accepted the message */
            readonly reason?: components["schemas"]["DeliveryFailure"];
            /** @description The first KiB of the response */
            readonly response?: string;
        };
        /** @enum {unknown} */
        readonly DeliveryFailure: "refused" | "timeout" | "unreachable" | "busy" | "gone" | "notAllowed" | "addressNotPublic" | "tooLarge" | "disabled";
        /**
         * @description ISO 8601 duration
         * @example PT20S
         */
        readonly Duration: string;
        /**
         * @example {
         *       "erasureId": "0f9d6a52-3c7e-4b81-9e24-7a1c5d3b8f60",
         *       "status": "completed",
         *       "personHash": "Zk3v0mWq1cQb8LxT",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "createdAt": "2026-01-31T12:00:00.000Z",
         *       "completedAt": "2026-01-31T12:00:50.000Z",
         *       "removed": {
         *         "calls": 2,
         *         "rows": 41,
         *         "recordings": 1
         *       },
         *       "kept": []
         *     }
         */
        readonly Erasure: {
            /** Format: uuid */
            readonly erasureId: string;
            /**
             * @description `incomplete`: done but for what is `kept`
             * @enum {unknown}
             */
            readonly status: "running" | "waiting" | "incomplete" | "completed";
            /** @description The same for the same person */
            readonly personHash?: string;
            /** Format: uuid */
            readonly callId?: string;
            readonly requestedBy: components["schemas"]["Requester"];
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly completedAt?: string;
            readonly removed: {
                readonly [key: string]: number;
            };
            readonly waitingFor?: {
                readonly [key: string]: number;
            };
            /** @description What could not be removed */
            readonly kept: readonly {
                /** @enum {unknown} */
                readonly kind: "calls" | "rows" | "recordings" | "operations" | "sequences" | "routingRules" | "events" | "deliveries" | "queueMessages" | "deadLetters";
                /** @enum {unknown} */
                readonly reason: "legalHold" | "immutable" | "acsRefused" | "ownContainer" | "forbidden";
                readonly count: number;
            }[];
        };
        /** @enum {unknown} */
        readonly EventKind: "CallConnected" | "CallDisconnected" | "CreateCallFailed" | "AnswerFailed" | "ConnectFailed" | "ParticipantsUpdated" | "CallTransferAccepted" | "CallTransferFailed" | "AddParticipantSucceeded" | "AddParticipantFailed" | "CancelAddParticipantSucceeded" | "CancelAddParticipantFailed" | "RemoveParticipantSucceeded" | "RemoveParticipantFailed" | "MoveParticipantSucceeded" | "MoveParticipantFailed" | "HoldFailed" | "PlayStarted" | "PlayCompleted" | "PlayFailed" | "PlayCanceled" | "RecognizeCompleted" | "RecognizeFailed" | "RecognizeCanceled" | "SendDtmfTonesCompleted" | "SendDtmfTonesFailed" | "ContinuousDtmfRecognitionToneReceived" | "ContinuousDtmfRecognitionToneFailed" | "ContinuousDtmfRecognitionStopped" | "RecordingStateChanged" | "StartRecordingFailed" | "MediaStreamingStarted" | "MediaStreamingStopped" | "MediaStreamingFailed" | "TranscriptionStarted" | "TranscriptionUpdated" | "TranscriptionStopped" | "TranscriptionFailed";
        /** @enum {unknown} */
        readonly EventType: "OperationSettled" | "IncomingCall" | "RecordingArchived" | "RecordingFailed" | "SequenceEnded" | "CallStarted" | "CallEnded" | "CallParticipantAdded" | "CallParticipantRemoved" | "AddParticipantFailed" | "AddParticipantSucceeded" | "AnswerFailed" | "CallConnected" | "CallDisconnected" | "CallTransferAccepted" | "CallTransferFailed" | "CancelAddParticipantFailed" | "CancelAddParticipantSucceeded" | "ConnectFailed" | "ContinuousDtmfRecognitionStopped" | "ContinuousDtmfRecognitionToneFailed" | "ContinuousDtmfRecognitionToneReceived" | "CreateCallFailed" | "HoldFailed" | "MediaStreamingFailed" | "MediaStreamingStarted" | "MediaStreamingStopped" | "MoveParticipantFailed" | "MoveParticipantSucceeded" | "ParticipantsUpdated" | "PlayCanceled" | "PlayCompleted" | "PlayFailed" | "PlayStarted" | "RecognizeCanceled" | "RecognizeCompleted" | "RecognizeFailed" | "RecordingStateChanged" | "RemoveParticipantFailed" | "RemoveParticipantSucceeded" | "SendDtmfTonesCompleted" | "SendDtmfTonesFailed" | "StartRecordingFailed" | "TranscriptionFailed" | "TranscriptionStarted" | "TranscriptionStopped" | "TranscriptionUpdated";
        /** @description Short names of the subscribed events, such as `CallConnected`; `[]` for all */
        readonly EventTypes: readonly components["schemas"]["EventType"][];
        readonly ExplainRoutingRequest: {
            readonly from: components["schemas"]["Person"];
            readonly to: components["schemas"]["Person"];
            /**
             * Format: date-time
             * @description When the call rings; now unless given
             */
            readonly at?: string;
            readonly customContext?: components["schemas"]["CustomContext"];
        };
        readonly FileSource: {
            /**
             * Format: uri
             * @description URL of a WAV file: mono, 16-bit PCM, 16 kHz
             * @example https://example.com/welcome.wav
             */
            readonly file: string;
            readonly cacheId?: string;
        };
        /** @description A call of the resource started or ended, or someone joined or left it */
        readonly GridCallEvent: components["schemas"]["CloudEvent"] & {
            /** @enum {unknown} */
            readonly type: "Microsoft.Communication.CallStarted" | "Microsoft.Communication.CallEnded" | "Microsoft.Communication.CallParticipantAdded" | "Microsoft.Communication.CallParticipantRemoved";
            readonly data: {
                /**
                 * Format: uuid
                 * @description Absent for a call that Switchboard has no leg in
                 */
                readonly callId?: string;
                readonly correlationId: string;
                /** @description Its id for the `locator` by which the app joins it */
                readonly serverCallId: string;
            } & {
                readonly [key: string]: unknown;
            };
        };
        readonly HangUpRequest: {
            /** @default false */
            readonly forEveryone?: boolean;
        } & components["schemas"]["OperationOptions"];
        /**
         * @example {
         *       "status": "healthy",
         *       "checks": {
         *         "storage": {
         *           "status": "healthy"
         *         },
         *         "events": {
         *           "status": "healthy"
         *         }
         *       }
         *     }
         */
        readonly Health: {
            /** @enum {unknown} */
            readonly status: "healthy" | "unhealthy";
            readonly checks: {
                /** @description A row is written and read; the queues and the archive answer */
                readonly storage: {
                    /** @enum {unknown} */
                    readonly status: "healthy" | "unhealthy";
                    readonly detail?: string;
                    /** @description The services of storage that do not work */
                    readonly failing?: readonly {
                        /** @enum {unknown} */
                        readonly service: "tables" | "blobs" | "queues";
                        readonly error: string;
                    }[];
                };
                /** @description Whether this instance has lately refused events that it can never process */
                readonly events: {
                    /** @enum {unknown} */
                    readonly status: "healthy" | "degraded";
                    readonly detail?: string;
                };
            };
        };
        readonly HoldRequest: {
            readonly participant: components["schemas"]["PersonInCall"];
            readonly source?: components["schemas"]["PlaySource"];
        } & components["schemas"]["OperationOptions"];
        /**
         * @example {
         *       "incomingCallId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "from": "+14255550123",
         *       "to": "+14255550100",
         *       "receivedAt": "2026-01-31T12:00:00.000Z",
         *       "status": "ringing"
         *     }
         */
        readonly IncomingCall: {
            /** Format: uuid */
            readonly incomingCallId: string;
            readonly from: string;
            readonly to: string;
            readonly callerDisplayName?: string;
            /** @enum {unknown} */
            readonly status: "ringing" | "answered" | "rejected" | "redirected" | "stale";
            /** Format: uuid */
            readonly callId?: string;
            readonly ruleId?: string;
            /**
             * @description Why the rule did not redirect the call, which rings on: it was redirected too often, or its target may not be dialed
             * @enum {unknown}
             */
            readonly reason?: "limitReached" | "notAllowed";
            /** Format: date-time */
            readonly receivedAt: string;
            readonly customContext?: components["schemas"]["CustomHeaders"];
        };
        /** @description A call rings */
        readonly IncomingCallEvent: components["schemas"]["CloudEvent"] & {
            /** @constant */
            readonly type: "Switchboard.IncomingCall";
            readonly data: components["schemas"]["IncomingCall"];
        };
        /**
         * @example {
         *       "allowedDestinations": [
         *         "US",
         *         "+4420"
         *       ],
         *       "maxTargets": 10,
         *       "maxRedirects": 5
         *     }
         */
        readonly Limits: {
            /** @description Prefixes (`+1425`), countries (`US`), or `*`; costly ranges by prefix only */
            readonly allowedDestinations?: readonly string[];
            /** @description Calls that the app makes or joins and that are not over */
            readonly maxOpenCalls?: number | null;
            /** @description Of them, those of each caller id */
            readonly maxOpenCallsPerCallerId?: number | null;
            /** @description Requests that have ACS call someone */
            readonly maxCallsPerSecond?: number | null;
            /** @description People whom one request calls */
            readonly maxTargets?: number;
            /** @description Minutes after which a call is ended */
            readonly maxCallMinutes?: number;
            /** @description Redirects of a call at ACS */
            readonly maxRedirects?: number;
        };
        readonly Locator: {
            /** @enum {unknown} */
            readonly kind: "room" | "server" | "group";
            readonly id: string;
        };
        readonly MediaOptions: {
            readonly mediaStreaming?: components["schemas"]["MediaStreamingOptions"];
            readonly transcription?: components["schemas"]["TranscriptionOptions"];
            /** Format: uri */
            readonly cognitiveServicesEndpoint?: string;
        };
        readonly MediaStreamingOptions: {
            /**
             * Format: uri
             * @description WebSocket URL
             * @example wss://example.com/audio
             */
            readonly transportUrl: string;
            /**
             * @default websocket
             * @constant
             */
            readonly transportType?: "websocket";
            /**
             * @default mixed
             * @enum {unknown}
             */
            readonly audioChannelType?: "mixed" | "unmixed";
            /**
             * @default audio
             * @constant
             */
            readonly contentType?: "audio";
            readonly startMediaStreaming?: boolean;
            readonly enableBidirectional?: boolean;
            /** @enum {unknown} */
            readonly audioFormat?: "Pcm16KMono" | "Pcm24KMono";
            readonly enableDtmfTones?: boolean;
            readonly restart?: components["schemas"]["StreamRestart"];
        };
        /** @description Texts of the client, kept with the call: at most 20 keys of 40 characters, values of 500 */
        readonly Metadata: {
            readonly [key: string]: string;
        };
        readonly MoveParticipantsRequest: {
            readonly participants: readonly components["schemas"]["PersonInCall"][];
            /** Format: uuid */
            readonly fromCallId: string;
        } & components["schemas"]["OperationOptions"];
        readonly MuteParticipantRequest: {
            /** @example +14255550123 */
            readonly participant: components["schemas"]["PersonInCall"];
        } & components["schemas"]["OperationOptions"];
        /**
         * @example {
         *       "key": "swb_9b678c1f0eb0fb54_…",
         *       "apiKeyId": "9b678c1f0eb0fb54",
         *       "name": "crm",
         *       "roles": [
         *         "Calls.Read",
         *         "Calls.Operate"
         *       ],
         *       "createdAt": "2026-01-31T12:00:00.000Z"
         *     }
         */
        readonly NewApiKey: components["schemas"]["ApiKey"] & {
            /** @description The key itself, which is not shown again */
            readonly key: string;
        };
        /** @description The cursor of the next page; absent on the last */
        readonly NextCursor: string;
        /** @enum {unknown} */
        readonly OnFailure: "stop" | "continue" | "compensate";
        /**
         * @example {
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "name": "hangUp",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "succeeded",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "settledBy": "event",
         *       "createdAt": "2026-01-31T12:00:09.000Z",
         *       "settledAt": "2026-01-31T12:00:10.000Z"
         *     }
         */
        readonly Operation: {
            /** Format: uuid */
            readonly operationId: string;
            readonly name: string;
            /** Format: uuid */
            readonly callId: string;
            readonly status: components["schemas"]["OperationStatus"];
            /** @description Why it did not succeed */
            readonly reason?: components["schemas"]["Reason"];
            readonly error?: components["schemas"]["OperationError"];
            /** @description The input as accepted, without `context`, `notifyUrl` and the queries of URLs */
            readonly input?: {
                readonly [key: string]: unknown;
            };
            readonly result?: {
                readonly [key: string]: unknown;
            };
            readonly context?: string;
            readonly requestedBy: components["schemas"]["Requester"];
            /** @enum {unknown} */
            readonly settledBy?: "response" | "event" | "read" | "deadline";
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly sentAt?: string;
            /** Format: date-time */
            readonly settledAt?: string;
            /**
             * Format: uuid
             * @description The sequence that sends its `sendDigits`
             */
            readonly digitsSequenceId?: string;
        };
        readonly OperationError: {
            readonly code: string;
            readonly message: string;
            /** @enum {unknown} */
            readonly source: "acs" | "app";
            readonly acsCode?: components["schemas"]["AcsCode"];
            readonly acsSubCode?: components["schemas"]["AcsSubCode"];
            readonly acsMessage?: components["schemas"]["AcsMessage"];
        };
        readonly OperationOptions: {
            /** @description Given back with the operation and in its events */
            readonly context?: string;
            /**
             * Format: uri
             * @description URL that this operation's events are posted to, signed
             */
            readonly notifyUrl?: string;
            /** @description Alias of `context`, as the documents of ACS write it */
            readonly operationContext?: string;
            /**
             * Format: uri
             * @description Alias of `notifyUrl`, as the documents of ACS write it
             */
            readonly operationCallbackUrl?: string;
        };
        readonly OperationRequest: components["schemas"]["OperationOptions"];
        /** @description An operation settled */
        readonly OperationSettledEvent: components["schemas"]["CloudEvent"] & {
            /** @constant */
            readonly type: "Switchboard.OperationSettled";
            readonly data: {
                /** Format: uuid */
                readonly operationId: string;
                readonly name: string;
                /** Format: uuid */
                readonly callId: string;
                readonly status: components["schemas"]["OperationStatus"];
                readonly requestedBy: components["schemas"]["Requester"];
                /** @description Why it did not succeed */
                readonly reason?: components["schemas"]["Reason"];
                readonly result?: {
                    readonly [key: string]: unknown;
                };
                readonly context?: string;
                readonly error?: components["schemas"]["OperationError"];
                /** @enum {unknown} */
                readonly settledBy?: "response" | "event" | "read" | "deadline";
                /** Format: date-time */
                readonly settledAt?: string;
            };
        };
        /** @enum {unknown} */
        readonly OperationStatus: "queued" | "accepted" | "sent" | "succeeded" | "failed" | "canceled" | "timedOut" | "indeterminate";
        /**
         * @example {
         *       "participantId": "p-CU_hOAKH-9SDgfex",
         *       "participant": "+14255550123",
         *       "isMuted": false,
         *       "isOnHold": false
         *     }
         */
        readonly Participant: {
            /** @description Id of the participant in the roster of the call */
            readonly participantId: string;
            /** @description E.164 number or raw id */
            readonly participant: string;
            readonly isMuted: boolean;
            readonly isOnHold: boolean;
        };
        readonly ParticipantRequest: {
            readonly participant: components["schemas"]["PersonInCall"];
        } & components["schemas"]["OperationOptions"];
        /**
         * @description E.164 number, or raw id such as `8:acs:…` or `4:anonymous`
         * @example +14255550123
         */
        readonly Person: string;
        /** @description Someone in the call: a `participantId` of its roster, an E.164 number, or a raw id such as `8:acs:…` or `4:anonymous` */
        readonly PersonInCall: components["schemas"]["Person"];
        /**
         * @description Someone to be called: E.164 number, or raw id of a user `8:acs:…`
         * @example +14255550123
         */
        readonly PersonToCall: components["schemas"]["Person"];
        /**
         * @description E.164 number
         * @example +14255550100
         */
        readonly PhoneNumber: string;
        /**
         * @example {
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "name": "play",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "succeeded",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "createdAt": "2026-01-31T12:00:09.000Z",
         *       "result": {}
         *     }
         */
        readonly PlayOperation: components["schemas"]["Operation"] & {
            /** @enum {unknown} */
            readonly name: "play";
            readonly result?: {
                readonly failedPlaySourceIndex?: number;
                /** @constant */
                readonly masked?: true;
            };
        };
        readonly PlayRequest: {
            readonly sources: readonly components["schemas"]["PlaySource"][];
            readonly to?: readonly components["schemas"]["PersonInCall"][];
            /** @description Plays until canceled */
            readonly loop?: boolean;
            /** @description Cancels what plays or is queued */
            readonly interrupt?: boolean;
            /** @description Replaces the hold music */
            readonly interruptHold?: boolean;
        } & components["schemas"]["OperationOptions"];
        /** @description expected {file}, {text} or {ssml} */
        readonly PlaySource: components["schemas"]["FileSource"] | components["schemas"]["TextSource"] | components["schemas"]["SsmlSource"];
        /**
         * @example {
         *       "type": "https://github.com/contoso/switchboard/blob/HEAD/docs/problems.md#callEnded",
         *       "title": "The call has ended",
         *       "status": 410,
         *       "detail": "The call has ended.",
         *       "code": "callEnded",
         *       "correlationId": "b87ebb75-1949-476d-a71c-45991ff0b2c3"
         *     }
         */
        readonly Problem: {
            /**
             * Format: uri
             * @description The paragraph about the code in docs/problems.md
             */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            readonly code: string;
            /** @description Quote it when you report the problem */
            readonly correlationId: string;
            /** @description Everything that is wrong with the request, by JSON path, parameter or header */
            readonly errors?: readonly {
                readonly path: string;
                readonly message: string;
            }[];
            /**
             * Format: uuid
             * @description The operation that ACS refused
             */
            readonly operationId?: string;
            /**
             * Format: uuid
             * @description The operation that is in the way
             */
            readonly blockingOperationId?: string;
            readonly acsCode?: components["schemas"]["AcsCode"];
            readonly acsSubCode?: components["schemas"]["AcsSubCode"];
            readonly acsMessage?: components["schemas"]["AcsMessage"];
        };
        readonly PutRoutingRuleRequest: {
            readonly priority: number;
            /** @default true */
            readonly enabled?: boolean;
            readonly match?: components["schemas"]["RoutingMatch"];
            readonly action: components["schemas"]["RoutingAction"];
        };
        readonly PutWebhookRequest: {
            /**
             * Format: uri
             * @description https URL that events are posted to
             */
            readonly url: string;
            /**
             * @description Secret of Standard Webhooks, `whsec_…`
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            readonly secret?: string;
            readonly eventTypes: components["schemas"]["EventTypes"];
            /** @default true */
            readonly enabled?: boolean;
            /** @description How long replaced secrets also sign from now on; NOTIFY_SECRET_OVERLAP_SECONDS for the one that this request replaces unless given. 0 ends them at once: for a secret that has leaked */
            readonly previousSecretSeconds?: number;
        };
        /** @description Wait for a limit that is reached, in order of request; without it, 429 */
        readonly Queue: {
            readonly forSeconds: number;
        };
        /**
         * @description Why a call ended, a participant left or an operation failed; see `docs/reasons.md`
         * @enum {unknown}
         */
        readonly Reason: "declined" | "busy" | "noAnswer" | "unreachable" | "invalidNumber" | "notAllowed" | "callerLeft" | "calleeLeft" | "hungUp" | "transferred" | "canceled" | "timedOut" | "mediaFailed" | "streamFailed" | "notFound" | "conflict" | "limitReached" | "rejectedByAcs" | "throttled" | "acsUnavailable" | "unknown";
        /**
         * @example {
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "name": "recognize",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "succeeded",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "createdAt": "2026-01-31T12:00:09.000Z",
         *       "result": {
         *         "recognitionType": "dtmf",
         *         "tones": [
         *           "one",
         *           "two"
         *         ]
         *       }
         *     }
         */
        readonly RecognizeOperation: components["schemas"]["Operation"] & {
            /** @enum {unknown} */
            readonly name: "recognize";
            readonly result?: {
                readonly recognitionType?: string;
                readonly tones?: readonly string[];
                readonly choice?: {
                    readonly label: string;
                } & {
                    readonly [key: string]: unknown;
                };
                readonly speech?: {
                    readonly speech: string;
                } & {
                    readonly [key: string]: unknown;
                };
                readonly failedPlaySourceIndex?: number;
                /** @constant */
                readonly masked?: true;
            };
        };
        readonly RecognizeRequest: {
            readonly participant: components["schemas"]["PersonInCall"];
            /** @enum {unknown} */
            readonly input: "dtmf" | "speech" | "speechOrDtmf" | "choices";
            readonly prompt?: components["schemas"]["PlaySource"];
            readonly prompts?: readonly components["schemas"]["PlaySource"][];
            readonly maxTones?: number;
            readonly stopTones?: readonly components["schemas"]["Tone"][];
            readonly interToneTimeoutSeconds?: number;
            readonly initialSilenceTimeoutSeconds?: number;
            readonly endSilenceTimeoutMilliseconds?: number;
            readonly choices?: readonly {
                readonly label: string;
                readonly phrases: readonly string[];
                readonly tone?: components["schemas"]["Tone"];
            }[];
            readonly locale?: string;
            readonly speechModelEndpointId?: string;
            readonly interruptPrompt?: boolean;
            readonly interrupt?: boolean;
            /** @description Digits, words and prompts are in no answer and no webhook: the `notifyUrl` of the request alone gets the result */
            readonly masked?: boolean;
        } & components["schemas"]["OperationOptions"];
        /**
         * @example {
         *       "recordingId": "3b9d2f64-7c1e-8a50-b6f2-1d0e9c8b7a65",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "archived",
         *       "content": "audio",
         *       "channel": "mixed",
         *       "format": "wav",
         *       "createdAt": "2026-01-31T12:00:05.000Z",
         *       "startedAt": "2026-01-31T12:00:05.000Z",
         *       "stoppedAt": "2026-01-31T12:00:09.000Z",
         *       "archivedAt": "2026-01-31T12:00:30.000Z",
         *       "durationMilliseconds": 4000,
         *       "pauses": [],
         *       "files": [
         *         {
         *           "chunk": 0,
         *           "contentType": "audio/wav",
         *           "lengthBytes": 128044,
         *           "sha256": "8f43…",
         *           "startedAt": "2026-01-31T12:00:05.000Z",
         *           "durationMilliseconds": 4000
         *         }
         *       ]
         *     }
         */
        readonly Recording: {
            /** Format: uuid */
            readonly recordingId: string;
            /** Format: uuid */
            readonly callId: string;
            /** @enum {unknown} */
            readonly status: "recording" | "paused" | "stopped" | "archived" | "failed";
            /** @enum {unknown} */
            readonly content?: "audio" | "audioVideo";
            /** @enum {unknown} */
            readonly channel?: "mixed" | "unmixed";
            /** @enum {unknown} */
            readonly format?: "wav" | "mp3" | "mp4";
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly startedAt?: string;
            /** Format: date-time */
            readonly stoppedAt?: string;
            /** Format: date-time */
            readonly archivedAt?: string;
            readonly durationMilliseconds?: number;
            readonly pauses: readonly {
                /** Format: date-time */
                readonly from: string;
                /** Format: date-time */
                readonly to?: string;
            }[];
            readonly files: readonly {
                /** @description Names the file to `GET …/content?chunk=` */
                readonly chunk: number;
                readonly contentType: string;
                readonly lengthBytes: number;
                /** @description Hex digest of the file */
                readonly sha256: string;
                /** Format: date-time */
                readonly startedAt?: string;
                readonly durationMilliseconds?: number;
                /** @description Who is on which channel of an unmixed recording, from 0 on, as ACS reports it */
                readonly channels?: readonly {
                    readonly channel: number;
                    readonly participant: string;
                }[];
            }[];
            readonly error?: {
                readonly code: string;
                readonly message: string;
            };
        };
        /** @description A recording was archived, or failed */
        readonly RecordingEndedEvent: components["schemas"]["CloudEvent"] & {
            /** @enum {unknown} */
            readonly type: "Switchboard.RecordingArchived" | "Switchboard.RecordingFailed";
            readonly data: components["schemas"]["Recording"];
        };
        readonly RedirectCallRequest: {
            readonly target: components["schemas"]["PersonToCall"];
            readonly callerId?: components["schemas"]["PhoneNumber"];
            readonly customContext?: components["schemas"]["CustomContext"];
        } & components["schemas"]["OperationOptions"];
        readonly RejectCallRequest: {
            /**
             * @default none
             * @enum {unknown}
             */
            readonly reason?: "none" | "busy" | "forbidden";
        } & components["schemas"]["OperationOptions"];
        readonly Requester: {
            /** @enum {unknown} */
            readonly kind: "api" | "sequence" | "rule" | "switchboard";
            /** @description The sequence, the rule, or the caller of the API, such as `key:…`; absent for the default action of incoming calls and in local mode */
            readonly id?: string;
        };
        /** @enum {unknown} */
        readonly Role: "Calls.Read" | "Calls.Operate" | "Recordings.Read" | "Recordings.Delete" | "Routing.Write" | "Webhooks.Write" | "People.See" | "Admin";
        readonly RosterEntry: {
            /** @description Opaque, and the same in every answer about the call */
            readonly participantId: string;
            /** @description E.164 number or raw id */
            readonly participant: string;
            readonly displayName?: string;
            /** @enum {unknown} */
            readonly role: "target" | "caller" | "transferred" | "added" | "moved" | "joined";
            /** @enum {unknown} */
            readonly status: "invited" | "connected" | "left" | "failed" | "canceled";
            readonly reason?: components["schemas"]["Reason"];
            /** Format: date-time */
            readonly invitedAt?: string;
            /** Format: date-time */
            readonly joinedAt?: string;
            /** Format: date-time */
            readonly leftAt?: string;
            readonly isMuted?: boolean;
            readonly isOnHold?: boolean;
        };
        readonly RoutingAction: ({
            /** @constant */
            readonly kind: "answer";
            readonly metadata?: components["schemas"]["Metadata"];
        } & (components["schemas"]["OperationOptions"] & components["schemas"]["MediaOptions"])) | ({
            /** @constant */
            readonly kind: "reject";
            /**
             * @default none
             * @enum {unknown}
             */
            readonly reason?: "none" | "busy" | "forbidden";
        } & components["schemas"]["OperationOptions"]) | ({
            /** @constant */
            readonly kind: "redirect";
            readonly target: components["schemas"]["PersonToCall"];
            readonly callerId?: components["schemas"]["PhoneNumber"];
            readonly customContext?: components["schemas"]["CustomContext"];
        } & components["schemas"]["OperationOptions"]) | {
            /** @constant */
            readonly kind: "sequence";
            readonly name?: components["schemas"]["BuiltInName"];
            readonly input?: {
                readonly [key: string]: unknown;
            };
            /** @description Steps, like those of a sequence */
            readonly steps?: readonly unknown[];
            /** @description Steps, like those of a sequence */
            readonly finally?: readonly unknown[];
        } | {
            /** @constant */
            readonly kind: "leave";
        };
        /**
         * @example {
         *       "ruleId": "after-hours",
         *       "action": {
         *         "kind": "reject",
         *         "reason": "busy"
         *       },
         *       "others": [
         *         {
         *           "ruleId": "sales",
         *           "reason": "the rule is disabled"
         *         }
         *       ]
         *     }
         */
        readonly RoutingExplanation: {
            /** @description Absent when no rule matches the call */
            readonly ruleId?: string;
            readonly action: components["schemas"]["RoutingAction"];
            readonly others: readonly {
                readonly ruleId: string;
                readonly reason: string;
            }[];
        };
        /** @description Conditions that must all hold; an empty match applies to every call */
        readonly RoutingMatch: {
            readonly to?: components["schemas"]["Person"];
            readonly from?: components["schemas"]["Person"];
            readonly toPrefix?: string;
            readonly fromPrefix?: string;
            /** @description A header that came with the call: `User-To-User`, `X-…`, or the key of a VoIP header */
            readonly header?: {
                readonly key: string;
                readonly value: string;
            };
            /** @description Hours that start on each of the days */
            readonly schedule?: {
                /**
                 * @description IANA time zone
                 * @example Europe/Berlin
                 */
                readonly timeZone: string;
                readonly days: readonly ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
                readonly from: string;
                /** @description The first minute that is outside; not later than `from` means the next day */
                readonly to: string;
            };
        };
        /**
         * @example {
         *       "ruleId": "after-hours",
         *       "priority": 10,
         *       "enabled": true,
         *       "match": {
         *         "to": "+14255550100"
         *       },
         *       "action": {
         *         "kind": "reject",
         *         "reason": "busy"
         *       }
         *     }
         */
        readonly RoutingRule: {
            readonly ruleId: string;
            readonly priority: number;
            /** @default true */
            readonly enabled: boolean;
            /** @default {} */
            readonly match: components["schemas"]["RoutingMatch"];
            readonly action: components["schemas"]["RoutingAction"];
        };
        readonly Scalar: string | number | boolean;
        readonly SearchCallsRequest: {
            /** @description ACS's id of the connection */
            readonly callConnectionId?: string;
            /** @description ACS's id of the call */
            readonly serverCallId?: string;
            /** @description ACS's id of the call in events and logs */
            readonly correlationId?: string;
            /** @description Anyone in the roster */
            readonly participant?: components["schemas"]["Person"];
            /** @description Who calls: the caller, or the caller id */
            readonly from?: components["schemas"]["Person"];
            /** @description Who is called */
            readonly to?: components["schemas"]["Person"];
            /** @description The `context` of the request that made or answered it */
            readonly context?: string;
            /** @description Why it ended */
            readonly reason?: components["schemas"]["Reason"];
            /**
             * @description How far the call is
             * @enum {unknown}
             */
            readonly status?: "connecting" | "connected" | "disconnected" | "failed" | "unknown";
            /**
             * @description Which way it was made
             * @enum {unknown}
             */
            readonly direction?: "inbound" | "outbound" | "joined";
            /**
             * Format: date-time
             * @description Only what is later, such as 2026-01-31T12:00:00Z
             */
            readonly createdAfter?: string;
            /**
             * Format: date-time
             * @description Only what is earlier
             */
            readonly createdBefore?: string;
            /**
             * @description Which comes first
             * @default newest
             * @enum {unknown}
             */
            readonly order?: "newest" | "oldest";
            /**
             * @description The most items that the page has
             * @default 50
             */
            readonly limit?: number;
            /** @description The `nextCursor` of the page before, of the same list with the same filters */
            readonly cursor?: string;
        };
        readonly SearchIncomingCallsRequest: {
            /** @description Who calls: the caller, or the caller id */
            readonly from?: components["schemas"]["Person"];
            /** @description Who is called */
            readonly to?: components["schemas"]["Person"];
            /**
             * @description What happened to the call
             * @enum {unknown}
             */
            readonly status?: "ringing" | "answered" | "rejected" | "redirected" | "stale";
            /**
             * Format: date-time
             * @description Only what is later, such as 2026-01-31T12:00:00Z
             */
            readonly receivedAfter?: string;
            /**
             * Format: date-time
             * @description Only what is earlier
             */
            readonly receivedBefore?: string;
            /**
             * @description Which comes first
             * @default newest
             * @enum {unknown}
             */
            readonly order?: "newest" | "oldest";
            /**
             * @description The most items that the page has
             * @default 50
             */
            readonly limit?: number;
            /** @description The `nextCursor` of the page before, of the same list with the same filters */
            readonly cursor?: string;
        };
        /**
         * @description Sent once the phone number has answered, by the sequence `digitsSequenceId` of the operation; never shown
         * @example ww123#
         */
        readonly SendDigits: string;
        readonly SendDtmfTonesRequest: {
            readonly tones: readonly components["schemas"]["Tone"][];
            /** @example +14255550123 */
            readonly to: components["schemas"]["PersonInCall"];
        } & components["schemas"]["OperationOptions"];
        /**
         * @example {
         *       "sequenceId": "c2a7e5d1-9f38-4d6b-8b14-0e7f6a5d4c3b",
         *       "name": "addThenCancel",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "running",
         *       "steps": [
         *         {
         *           "id": "add",
         *           "do": "addParticipant",
         *           "status": "running",
         *           "operationId": "c2a7e5d1-9f38-4d6b-8b14-0e7f6a5d4c3b",
         *           "startedAt": "2026-01-31T12:00:06.000Z"
         *         }
         *       ],
         *       "createdAt": "2026-01-31T12:00:06.000Z"
         *     }
         */
        readonly Sequence: {
            /** Format: uuid */
            readonly sequenceId: string;
            /** @description The built-in sequence or the orchestrator */
            readonly name?: string;
            /** Format: uuid */
            readonly callId?: string;
            readonly status: components["schemas"]["SequenceStatus"];
            readonly steps: readonly {
                /** @description The id of the step, with `#` and the round where it is repeated */
                readonly id: string;
                /** @description The operation, `wait`, `waitFor`, `collect`, or `while` of a block whose participant left */
                readonly do: string;
                /** @enum {unknown} */
                readonly status: "pending" | "running" | "succeeded" | "failed" | "canceled" | "timedOut" | "indeterminate" | "skipped";
                /** Format: uuid */
                readonly operationId?: string;
                /** Format: date-time */
                readonly startedAt?: string;
                /** Format: date-time */
                readonly endedAt?: string;
                readonly error?: components["schemas"]["SequenceError"];
                /** @description The step that this one stops or undoes */
                readonly stops?: string;
            }[];
            readonly result?: {
                readonly [key: string]: unknown;
            };
            readonly error?: components["schemas"]["SequenceError"];
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly endedAt?: string;
            /** Format: date-time */
            readonly cancelRequestedAt?: string;
        };
        /** @description A sequence ended */
        readonly SequenceEndedEvent: components["schemas"]["CloudEvent"] & {
            /** @constant */
            readonly type: "Switchboard.SequenceEnded";
            readonly data: {
                /** Format: uuid */
                readonly sequenceId: string;
                /** @description The built-in sequence or the orchestrator */
                readonly name?: string;
                /** Format: uuid */
                readonly callId?: string;
                readonly status: components["schemas"]["SequenceStatus"];
                readonly result?: {
                    readonly [key: string]: unknown;
                };
                readonly error?: components["schemas"]["SequenceError"];
                /** Format: date-time */
                readonly endedAt?: string;
            };
        };
        readonly SequenceError: {
            readonly code: string;
            readonly message: string;
            readonly acsCode?: components["schemas"]["AcsCode"];
            readonly acsSubCode?: components["schemas"]["AcsSubCode"];
            readonly acsMessage?: components["schemas"]["AcsMessage"];
        };
        /** @enum {unknown} */
        readonly SequenceStatus: "running" | "succeeded" | "failed" | "compensated" | "canceled" | "timedOut";
        readonly SsmlSource: {
            readonly ssml: string;
            readonly customVoiceEndpointId?: string;
            readonly cacheId?: string;
        };
        readonly StartErasureRequest: {
            readonly participant: components["schemas"]["Person"];
        };
        /**
         * @example {
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "name": "startRecording",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "succeeded",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "createdAt": "2026-01-31T12:00:09.000Z",
         *       "result": {
         *         "recordingId": "3b9d2f64-7c1e-8a50-b6f2-1d0e9c8b7a65"
         *       }
         *     }
         */
        readonly StartRecordingOperation: components["schemas"]["Operation"] & {
            /** @enum {unknown} */
            readonly name: "startRecording";
            readonly result?: {
                /** Format: uuid */
                readonly recordingId?: string;
                /** @constant */
                readonly masked?: true;
            };
        };
        readonly StartRecordingRequest: {
            /**
             * @default audio
             * @enum {unknown}
             */
            readonly content?: "audio" | "audioVideo";
            /**
             * @default mixed
             * @enum {unknown}
             */
            readonly channel?: "mixed" | "unmixed";
            /** @enum {unknown} */
            readonly format?: "wav" | "mp3" | "mp4";
            readonly storage?: {
                /**
                 * @description Blob container, or a folder in it
                 * @example https://contoso.blob.core.windows.net/calls
                 */
                readonly containerUrl: string;
            };
            /** @default false */
            readonly pauseOnStart?: boolean;
            readonly channelAffinity?: readonly {
                readonly participant: components["schemas"]["PersonInCall"];
                readonly channel: number;
            }[];
            readonly locator?: components["schemas"]["Locator"];
        } & components["schemas"]["OperationOptions"];
        readonly StartSequenceRequest: {
            /**
             * Format: uuid
             * @description The call that it works on, if there is one
             */
            readonly callId?: string;
            readonly input?: {
                readonly [key: string]: unknown;
            };
            readonly name: components["schemas"]["BuiltInName"];
        } | {
            /**
             * Format: uuid
             * @description The call that it works on, if there is one
             */
            readonly callId?: string;
            readonly input?: {
                readonly [key: string]: unknown;
            };
            readonly steps: readonly components["schemas"]["Step"][];
            readonly finally?: readonly components["schemas"]["Step"][];
        };
        readonly StartTranscriptionRequest: {
            readonly locale?: string;
            readonly speechModelEndpointId?: string;
        } & components["schemas"]["OperationOptions"];
        readonly Step: {
            readonly id?: components["schemas"]["StepId"];
            readonly do: string;
            readonly with?: {
                readonly [key: string]: unknown;
            };
            readonly onFailure?: components["schemas"]["OnFailure"];
            readonly timeout?: components["schemas"]["Duration"];
            readonly onTimeout?: readonly components["schemas"]["Step"][];
            readonly masked?: boolean;
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly wait: components["schemas"]["Duration"];
            readonly onFailure?: components["schemas"]["OnFailure"];
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly waitFor: {
                readonly events: readonly components["schemas"]["EventKind"][];
                readonly timeout: components["schemas"]["Duration"];
            };
            readonly onFailure?: components["schemas"]["OnFailure"];
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly if: components["schemas"]["Condition"];
            readonly then: readonly components["schemas"]["Step"][];
            readonly else?: readonly components["schemas"]["Step"][];
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly parallel: readonly (readonly components["schemas"]["Step"][])[];
            /** @enum {unknown} */
            readonly until?: "all" | "first";
            readonly onFailure?: components["schemas"]["OnFailure"];
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly repeat: {
                readonly times: number;
                readonly steps: readonly components["schemas"]["Step"][];
                readonly until?: components["schemas"]["Condition"];
            };
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly while: {
                readonly present: string;
            };
            readonly steps: readonly components["schemas"]["Step"][];
            readonly onDeparture?: readonly components["schemas"]["Step"][];
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly sendDigits: {
                readonly to: string;
                readonly digits: string;
            };
            readonly onFailure?: components["schemas"]["OnFailure"];
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly collect: {
                readonly listening: string;
                readonly prompt?: {
                    readonly [key: string]: unknown;
                };
                readonly maxTones: number;
                readonly stopTones?: readonly components["schemas"]["Tone"][];
                readonly accepts?: readonly components["schemas"]["Tone"][];
                readonly interToneTimeoutSeconds?: number;
                readonly initialSilenceTimeoutSeconds?: number;
            };
            readonly onFailure?: components["schemas"]["OnFailure"];
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly result: {
                readonly [key: string]: unknown;
            };
        } | {
            readonly id?: components["schemas"]["StepId"];
            readonly fail: {
                readonly code: string;
                readonly message: string;
            };
        };
        /** @description Names the step in references; by default it is derived from the operation or the kind of step */
        readonly StepId: string;
        readonly Stream: {
            /** @enum {unknown} */
            readonly status: "active" | "stopped" | "failed";
            /** @description The host of the WebSocket */
            readonly transportUrl?: string;
            /** Format: date-time */
            readonly since: string;
            /** @description ACS's details of a failure, such as `streamConnectionInterrupted` */
            readonly reason?: string;
            readonly acsCode?: components["schemas"]["AcsCode"];
            readonly acsSubCode?: components["schemas"]["AcsSubCode"];
            readonly acsMessage?: components["schemas"]["AcsMessage"];
        };
        /** @description How often the stream is started again when it fails, and the first pause, which then doubles */
        readonly StreamRestart: {
            readonly attempts: number;
            readonly backoffSeconds: number;
        };
        /**
         * @example {
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "name": "startMediaStreaming",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "succeeded",
         *       "requestedBy": {
         *         "kind": "api"
         *       },
         *       "createdAt": "2026-01-31T12:00:09.000Z",
         *       "result": {
         *         "details": "subscriptionStarted"
         *       }
         *     }
         */
        readonly StreamingOperation: components["schemas"]["Operation"] & {
            /** @enum {unknown} */
            readonly name: "startMediaStreaming" | "stopMediaStreaming" | "startTranscription" | "updateTranscription" | "stopTranscription";
            readonly result?: {
                readonly details?: string;
                /** @constant */
                readonly masked?: true;
            };
        };
        readonly TextSource: {
            readonly text: string;
            /** @example en-US */
            readonly locale?: string;
            /** @example en-US-NancyNeural */
            readonly voice?: string;
            /** @enum {unknown} */
            readonly voiceKind?: "female" | "male";
            readonly customVoiceEndpointId?: string;
            readonly cacheId?: string;
        };
        /**
         * @example {
         *       "at": "2026-01-31T12:00:04.000Z",
         *       "kind": "event",
         *       "event": "CallConnected",
         *       "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "why": "raised for createCall"
         *     }
         */
        readonly TimelineEntry: {
            /** Format: date-time */
            readonly at: string;
            /** @enum {unknown} */
            readonly kind: "requested" | "sent" | "event" | "settled" | "routed" | "takeover" | "read" | "sequenceStarted" | "sequenceEnded" | "recordingArchived" | "recordingFailed";
            readonly requestedBy?: components["schemas"]["Requester"];
            /** @description The rule, step, deadline or event that caused it */
            readonly why?: string;
            readonly operation?: string;
            readonly operationId?: string;
            readonly sequenceId?: string;
            readonly recordingId?: string;
            readonly ruleId?: string;
            readonly event?: string;
            readonly eventId?: string;
            /** @description The input in short: people by `participantId`, numbers, choices, and how many of what is a list */
            readonly input?: {
                readonly [key: string]: unknown;
            };
            /** @description Those whom an event is about */
            readonly participantIds?: readonly string[];
            /** @description The action for an incoming call */
            readonly action?: string;
            readonly status?: components["schemas"]["OperationStatus"];
            readonly settledBy?: string;
            readonly acsCode?: components["schemas"]["AcsCode"];
            readonly acsSubCode?: components["schemas"]["AcsSubCode"];
            readonly acsMessage?: components["schemas"]["AcsMessage"];
            readonly message?: string;
        } & {
            readonly [key: string]: unknown;
        };
        /** @enum {unknown} */
        readonly Tone: "zero" | "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "a" | "b" | "c" | "d" | "pound" | "asterisk";
        readonly TranscriptionOptions: {
            /**
             * Format: uri
             * @description WebSocket URL
             * @example wss://example.com/audio
             */
            readonly transportUrl: string;
            /**
             * @default websocket
             * @constant
             */
            readonly transportType?: "websocket";
            readonly locale: string;
            readonly speechModelEndpointId?: string;
            readonly startTranscription?: boolean;
            readonly enableIntermediateResults?: boolean;
            readonly restart?: components["schemas"]["StreamRestart"];
        };
        readonly TransferCallRequest: {
            readonly target: components["schemas"]["PersonToCall"];
            readonly transferee?: components["schemas"]["PersonInCall"];
            /** @description Not supported: ACS shows the target the caller id of the party that is transferred, and supports no other */
            readonly sourceCallerId?: unknown;
            readonly customContext?: components["schemas"]["CustomContext"];
        } & components["schemas"]["OperationOptions"];
        readonly UpdateCallRequest: {
            readonly metadata: {
                readonly [key: string]: string | null;
            };
        };
        readonly UpdateTranscriptionRequest: {
            readonly locale: string;
            readonly speechModelEndpointId?: string;
        } & components["schemas"]["OperationOptions"];
        /**
         * @example {
         *       "webhookId": "crm",
         *       "url": "https://example.com/events",
         *       "eventTypes": [
         *         "CallConnected"
         *       ],
         *       "enabled": true
         *     }
         */
        readonly Webhook: {
            readonly webhookId: string;
            /**
             * Format: uri
             * @description https URL that events are posted to
             */
            readonly url: string;
            readonly eventTypes: components["schemas"]["EventTypes"];
            readonly enabled: boolean;
            /**
             * Format: date-time
             * @description Until then replaced secrets also sign
             */
            readonly previousSecretUntil?: string;
            /**
             * Format: date-time
             * @description Time of the first failed attempt since the receiver last accepted a message
             */
            readonly failingSince?: string;
            /**
             * @description Why the app disabled it: the receiver responded 410, which unsubscribes, or accepted nothing for NOTIFY_DISABLE_AFTER_SECONDS. PUT enables it again
             * @enum {unknown}
             */
            readonly disabledReason?: "gone" | "failing";
            /** Format: date-time */
            readonly disabledAt?: string;
        };
        /**
         * @example {
         *       "deliveryId": "8203899669053-TQ1buwmbt_SRORcB",
         *       "notificationId": "e7084e67-797e-4720-8f52-1d12babc1a3c",
         *       "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *       "status": "pending",
         *       "reason": "busy",
         *       "attempts": [
         *         {
         *           "at": "2026-01-31T12:00:05.000Z",
         *           "durationMs": 24,
         *           "status": 503,
         *           "reason": "busy"
         *         }
         *       ],
         *       "nextAttemptAt": "2026-01-31T12:00:10.000Z",
         *       "event": {
         *         "specversion": "1.0",
         *         "id": "e7084e67-797e-4720-8f52-1d12babc1a3c",
         *         "type": "Microsoft.Communication.CallConnected",
         *         "source": "/calls/6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *         "time": "2026-01-31T12:00:04.000Z",
         *         "datacontenttype": "application/json",
         *         "data": {
         *           "callId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *           "operationId": "6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d",
         *           "callConnectionId": "62422c03-a768-43f7-af96-b01fe5c2e89e",
         *           "correlationId": "e7c0c224-7d93-4afb-9d6d-2db92c8fac7b"
         *         }
         *       }
         *     }
         */
        readonly WebhookDelivery: {
            readonly deliveryId: string;
            /** @description The `webhook-id` of the message, the same at each attempt */
            readonly notificationId: string;
            /** Format: uuid */
            readonly callId?: string;
            /** @description Host of the URL, of a delivery to a `notifyUrl` */
            readonly host?: string;
            /**
             * @description `pending` while it is retried
             * @enum {unknown}
             */
            readonly status: "pending" | "delivered" | "failed";
            /** @description Why it is not delivered */
            readonly reason?: components["schemas"]["DeliveryFailure"];
            /** @description The last 20 attempts, the first one first */
            readonly attempts: readonly components["schemas"]["DeliveryAttempt"][];
            /**
             * Format: date-time
             * @description Of a pending delivery
             */
            readonly nextAttemptAt?: string;
            /** @description The CloudEvent that is delivered */
            readonly event: components["schemas"]["CloudEvent"];
        };
        /**
         * @example {
         *       "notificationId": "e7084e67-797e-4720-8f52-1d12babc1a3c",
         *       "isDelivered": false,
         *       "at": "2026-01-31T12:00:05.000Z",
         *       "durationMs": 24,
         *       "status": 503,
         *       "reason": "busy"
         *     }
         */
        readonly WebhookTest: {
            /** @description The `webhook-id` of the message */
            readonly notificationId: string;
            /** @description The receiver responded with a 2xx status */
            readonly isDelivered: boolean;
        } & components["schemas"]["DeliveryAttempt"];
        /** @description A test of a webhook was asked for */
        readonly WebhookTestEvent: components["schemas"]["CloudEvent"] & {
            /** @constant */
            readonly type: "Switchboard.WebhookTest";
            readonly data: {
                readonly webhookId: string;
            };
        };
    };
    responses: {
        /** @description The client has the current version */
        readonly 304: {
            headers: {
                readonly [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Not Found: `notFound`, `callNotFound`, `incomingCallNotFound`, `operationNotFound`, `participantNotFound`, `routingRuleNotFound`, `recordingNotFound`, `recordingNotReady`, `recordingChunkNotFound`, `webhookNotFound`, `deliveryNotFound`, `apiKeyNotFound`, `sequenceNotFound`, `erasureNotFound`, `eventLogOff`, `auditOff`, `acsRefused` */
        readonly 404: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict: `callNotConnected`, `callNotEnded`, `callNotAnswerable`, `mediaConflict`, `tooManyRoutingRules`, `tooManyWebhooks`, `tooManyApiKeys`, `apiKeysOff`, `webhookDisabled`, `conflict`, `recordingRunning`, `recordingNotRunning`, `recordingNotPaused`, `recordingNotStopped`, `recordingLimit`, `sequenceEnded`, `acsRefused` */
        readonly 409: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Gone: `callEnded`, `recordingDeleted`, `acsRefused` */
        readonly 410: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition Failed: `preconditionFailed`, `acsRefused` */
        readonly 412: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Range Not Satisfiable: `rangeNotSatisfiable`, `acsRefused` */
        readonly 416: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable Entity: `invalidInput`, `destinationNotAllowed`, `notSupported`, `idempotencyKeyReused`, `acsRefused` */
        readonly 422: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests: `limitReached`, `acsRefused` */
        readonly 429: {
            headers: {
                readonly "Retry-After": components["headers"]["Retry-After"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description 202: accepted by ACS, settles later; 200: settled */
        readonly AddParticipantOperation: {
            headers: {
                readonly "Operation-Location": components["headers"]["Operation-Location"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["AddParticipantOperation"];
            };
        };
        /** @description A page */
        readonly CallPage: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly items: readonly components["schemas"]["Call"][];
                    readonly nextCursor?: components["schemas"]["NextCursor"];
                };
            };
        };
        /** @description 202: accepted by ACS, settles later; 200: settled */
        readonly ConnectionOperation: {
            headers: {
                readonly "Operation-Location": components["headers"]["Operation-Location"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ConnectionOperation"];
            };
        };
        /** @description Events `call` (a Call) and `timeline` (a TimelineEntry) as `text/event-stream`, with a heartbeat. It ends by itself; a client reconnects with the id of its last event */
        readonly EventStream: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example event: timeline
                 *     data: {"at":"2026-01-31T12:00:04.000Z","kind":"event","event":"CallConnected","operationId":"6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d","why":"raised for createCall"}
                 */
                readonly "text/event-stream": string;
            };
        };
        /** @description 200: The app is healthy; 503: A service of storage does not work */
        readonly Health: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Health"];
            };
        };
        /** @description A page */
        readonly IncomingCallPage: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly items: readonly components["schemas"]["IncomingCall"][];
                    readonly nextCursor?: components["schemas"]["NextCursor"];
                };
            };
        };
        /** @description 202: accepted by ACS, settles later; 200: settled */
        readonly Operation: {
            headers: {
                readonly "Operation-Location": components["headers"]["Operation-Location"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Operation"];
            };
        };
        /** @description 202: accepted by ACS, settles later; 200: settled */
        readonly PlayOperation: {
            headers: {
                readonly "Operation-Location": components["headers"]["Operation-Location"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["PlayOperation"];
            };
        };
        /** @description 202: accepted by ACS, settles later; 200: settled */
        readonly RecognizeOperation: {
            headers: {
                readonly "Operation-Location": components["headers"]["Operation-Location"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["RecognizeOperation"];
            };
        };
        /** @description 202: The sequence runs; 200: The sequence of an earlier request, which has ended */
        readonly Sequence: {
            headers: {
                /** @description URL of the sequence */
                readonly Location: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Sequence"];
            };
        };
        /** @description 202: accepted by ACS, settles later; 200: settled */
        readonly StartRecordingOperation: {
            headers: {
                readonly "Operation-Location": components["headers"]["Operation-Location"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["StartRecordingOperation"];
            };
        };
        /** @description 202: accepted by ACS, settles later; 200: settled */
        readonly StreamingOperation: {
            headers: {
                readonly "Operation-Location": components["headers"]["Operation-Location"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["StreamingOperation"];
            };
        };
        /** @description Any other problem: `invalidJson`, `unauthorized`, `forbidden`, `bodyTooLarge`, `unsupportedMediaType`, `invalidInput`, `destinationNotAllowed`, `notSupported`, `idempotencyKeyReused`, `acsRefused`, `acsUnreachable`, `operationInProgress`, `identityUnavailable`, `storageUnavailable`, `internalError` */
        readonly default: {
            headers: {
                readonly "Retry-After": components["headers"]["Retry-After"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
        readonly "Idempotency-Key": string;
        /** @description The ETag that the client has read: the write is refused when the resource has changed since */
        readonly "If-Match": string;
        /** @description The ETag of the file that a range continues */
        readonly "If-Range": string;
        /** @description The id of the last event received: the stream resumes after it */
        readonly "Last-Event-ID": string;
        /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
        readonly Prefer: string;
        /** @description One range of bytes */
        readonly Range: string;
        /** @description Id of an event, or a time: only what was logged later */
        readonly after: string;
        /** @description Id of the API key */
        readonly apiKeyId: string;
        /** @description ACS's id of the connection */
        readonly callConnectionId: string;
        /** @description Id of the call */
        readonly callId: string;
        /** @description Which of the files of the recording */
        readonly chunk: number;
        /** @description The `context` of the request that made or answered it */
        readonly context: string;
        /** @description ACS's id of the call in events and logs */
        readonly correlationId: string;
        /** @description Only what is later, such as 2026-01-31T12:00:00Z */
        readonly createdAfter: string;
        /** @description Only what is earlier */
        readonly createdBefore: string;
        /** @description The `nextCursor` of the page before, of the same list with the same filters */
        readonly cursor: string;
        /** @description Id of the delivery */
        readonly deliveryId: string;
        /** @description Which way it was made */
        readonly direction: "inbound" | "outbound" | "joined";
        /** @description Id of the erasure */
        readonly erasureId: string;
        /** @description Adds the first page of each: operations, recordings, timeline. Their `nextCursor` is for the lists of the call */
        readonly expand: string;
        /** @description `text`: a sentence for each entry */
        readonly format: "json" | "text";
        /** @description Who calls: the caller, or the caller id */
        readonly from: components["schemas"]["Person"];
        /** @description Id of the incoming call */
        readonly incomingCallId: string;
        /** @description The most items that the page has */
        readonly limit: number;
        /** @description The operation by its name */
        readonly name: "createCall" | "connectCall" | "answerCall" | "rejectCall" | "redirectCall" | "hangUp" | "transferCall" | "addParticipant" | "cancelAddParticipant" | "removeParticipant" | "muteParticipant" | "moveParticipants" | "play" | "recognize" | "cancelAllMediaOperations" | "sendDtmfTones" | "startContinuousDtmfRecognition" | "stopContinuousDtmfRecognition" | "hold" | "unhold" | "startMediaStreaming" | "stopMediaStreaming" | "startTranscription" | "updateTranscription" | "stopTranscription" | "startRecording" | "pauseRecording" | "resumeRecording" | "stopRecording" | "deleteRecording";
        /** @description Id of the operation; the Idempotency-Key of its request, if that had one */
        readonly operationId: string;
        /** @description Which comes first */
        readonly order: "newest" | "oldest";
        /** @description Anyone in the roster */
        readonly participant: components["schemas"]["Person"];
        /** @description Id of the participant in the roster of the call */
        readonly participantId: string;
        /** @description Why it ended */
        readonly reason: components["schemas"]["Reason"];
        /** @description Only what is later, such as 2026-01-31T12:00:00Z */
        readonly receivedAfter: string;
        /** @description Only what is earlier */
        readonly receivedBefore: string;
        /** @description Id of the recording */
        readonly recordingId: string;
        /** @description Name of the routing rule */
        readonly ruleId: string;
        /** @description Id of the sequence */
        readonly sequenceId: string;
        /** @description ACS's id of the call */
        readonly serverCallId: string;
        /** @description How far the call is */
        readonly status: "connecting" | "connected" | "disconnected" | "failed" | "unknown";
        /** @description Who is called */
        readonly to: components["schemas"]["Person"];
        /** @description One type, by its short name or in full */
        readonly type: string;
        /** @description The same at each attempt: ignore a message whose id was received before */
        readonly "webhook-id": string;
        /** @description Signatures of Standard Webhooks, `v1,…`, separated by spaces */
        readonly "webhook-signature": string;
        /** @description The time of the attempt, in seconds since 1970 */
        readonly "webhook-timestamp": string;
        /** @description Name of the webhook */
        readonly webhookId: string;
        /** @description A kind or an `operationId` */
        readonly what: string;
        /** @description A caller, such as `key:…` */
        readonly who: string;
    };
    requestBodies: never;
    headers: {
        /** @description `bytes` */
        readonly "Accept-Ranges": string;
        /** @description `no-store` */
        readonly "Cache-Control": string;
        /** @description Which bytes of the file these are */
        readonly "Content-Range": string;
        /** @description URL of the erasure */
        readonly Location: string;
        /** @description URL of the operation, to read its outcome from */
        readonly "Operation-Location": string;
        /** @description Seconds to wait before a retry */
        readonly "Retry-After": string;
        /** @description Digest of the file */
        readonly etag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly listCalls: {
        readonly parameters: {
            readonly query?: {
                /** @description ACS's id of the connection */
                readonly callConnectionId?: components["parameters"]["callConnectionId"];
                /** @description ACS's id of the call */
                readonly serverCallId?: components["parameters"]["serverCallId"];
                /** @description ACS's id of the call in events and logs */
                readonly correlationId?: components["parameters"]["correlationId"];
                /** @description Anyone in the roster */
                readonly participant?: components["parameters"]["participant"];
                /** @description Who calls: the caller, or the caller id */
                readonly from?: components["parameters"]["from"];
                /** @description Who is called */
                readonly to?: components["parameters"]["to"];
                /** @description The `context` of the request that made or answered it */
                readonly context?: components["parameters"]["context"];
                /** @description Why it ended */
                readonly reason?: components["parameters"]["reason"];
                /** @description How far the call is */
                readonly status?: components["parameters"]["status"];
                /** @description Which way it was made */
                readonly direction?: components["parameters"]["direction"];
                /** @description Only what is later, such as 2026-01-31T12:00:00Z */
                readonly createdAfter?: components["parameters"]["createdAfter"];
                /** @description Only what is earlier */
                readonly createdBefore?: components["parameters"]["createdBefore"];
                /** @description Which comes first */
                readonly order?: components["parameters"]["order"];
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["CallPage"];
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly createCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "targets": [
                 *         "+14255550123"
                 *       ],
                 *       "callerId": "+14255550100"
                 *     }
                 */
                readonly "application/json": components["schemas"]["CreateCallRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["ConnectionOperation"];
            readonly 202: components["responses"]["ConnectionOperation"];
            readonly 422: components["responses"]["422"];
            readonly 429: components["responses"]["429"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly searchCalls: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123",
                 *       "status": "disconnected",
                 *       "limit": 20
                 *     }
                 */
                readonly "application/json": components["schemas"]["SearchCallsRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["CallPage"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly followCalls: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The id of the last event received: the stream resumes after it */
                readonly "Last-Event-ID"?: components["parameters"]["Last-Event-ID"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["EventStream"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getCall: {
        readonly parameters: {
            readonly query?: {
                /** @description Adds the first page of each: operations, recordings, timeline. Their `nextCursor` is for the lists of the call */
                readonly expand?: components["parameters"]["expand"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The call */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"] & ({
                        readonly operations?: {
                            readonly items: readonly components["schemas"]["Operation"][];
                            readonly nextCursor?: components["schemas"]["NextCursor"];
                        };
                        readonly recordings?: {
                            readonly items: readonly components["schemas"]["Recording"][];
                            readonly nextCursor?: components["schemas"]["NextCursor"];
                        };
                        readonly timeline?: {
                            readonly items: readonly components["schemas"]["TimelineEntry"][];
                            readonly nextCursor?: components["schemas"]["NextCursor"];
                        };
                    } & {
                        readonly [key: string]: unknown;
                    });
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly deleteCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The erasure of the call */
            readonly 202: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Erasure"];
                };
            };
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly updateCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "metadata": {
                 *         "ticket": "4711",
                 *         "draft": null
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["UpdateCallRequest"];
            };
        };
        readonly responses: {
            /** @description The call */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getTimeline: {
        readonly parameters: {
            readonly query?: {
                /** @description `text`: a sentence for each entry */
                readonly format?: components["parameters"]["format"];
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["TimelineEntry"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                    /** @example 0.141 s  app     stores the intent of createCall, by a request to the API */
                    readonly "text/plain": string;
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly exportCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CallExport"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly followCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The id of the last event received: the stream resumes after it */
                readonly "Last-Event-ID"?: components["parameters"]["Last-Event-ID"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["EventStream"];
            /** @description The call is over and the client has everything: it need not reconnect */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getProperties: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description ACS's properties of the call connection */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CallProperties"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listIncomingCalls: {
        readonly parameters: {
            readonly query?: {
                /** @description Who calls: the caller, or the caller id */
                readonly from?: components["parameters"]["from"];
                /** @description Who is called */
                readonly to?: components["parameters"]["to"];
                /** @description What happened to the call */
                readonly status?: "ringing" | "answered" | "rejected" | "redirected" | "stale";
                /** @description Only what is later, such as 2026-01-31T12:00:00Z */
                readonly receivedAfter?: components["parameters"]["receivedAfter"];
                /** @description Only what is earlier */
                readonly receivedBefore?: components["parameters"]["receivedBefore"];
                /** @description Which comes first */
                readonly order?: components["parameters"]["order"];
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IncomingCallPage"];
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly searchIncomingCalls: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "from": "+14255550123",
                 *       "status": "answered",
                 *       "limit": 20
                 *     }
                 */
                readonly "application/json": components["schemas"]["SearchIncomingCallsRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IncomingCallPage"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getIncomingCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the incoming call */
                readonly incomingCallId: components["parameters"]["incomingCallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The incoming call */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IncomingCall"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listParticipants: {
        readonly parameters: {
            readonly query?: {
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Participant"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly addParticipant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "target": "+14255550123",
                 *       "callerId": "+14255550100"
                 *     }
                 */
                readonly "application/json": components["schemas"]["AddParticipantRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["AddParticipantOperation"];
            readonly 202: components["responses"]["AddParticipantOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly 429: components["responses"]["429"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getParticipant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
                /** @description Id of the participant in the roster of the call */
                readonly participantId: components["parameters"]["participantId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The participant */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Participant"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly removeParticipantById: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
                /** @description Id of the participant in the roster of the call */
                readonly participantId: components["parameters"]["participantId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getContinuousDtmf: {
        readonly parameters: {
            readonly query: {
                /** @description Id of the participant in the roster of the call */
                readonly participantId: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The digits since recognition was last started for the participant */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ContinuousDtmf"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly connectCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "locator": {
                 *         "kind": "group",
                 *         "id": "2f1d9b7c-6b1e-4f0e-9c59-5b7d8c2e3a41"
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["ConnectCallRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["ConnectionOperation"];
            readonly 202: components["responses"]["ConnectionOperation"];
            readonly 422: components["responses"]["422"];
            readonly 429: components["responses"]["429"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly answerCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the incoming call */
                readonly incomingCallId: components["parameters"]["incomingCallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["AnswerCallRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["ConnectionOperation"];
            readonly 202: components["responses"]["ConnectionOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly rejectCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the incoming call */
                readonly incomingCallId: components["parameters"]["incomingCallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "reason": "busy"
                 *     }
                 */
                readonly "application/json": components["schemas"]["RejectCallRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly redirectCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the incoming call */
                readonly incomingCallId: components["parameters"]["incomingCallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "target": "8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101"
                 *     }
                 */
                readonly "application/json": components["schemas"]["RedirectCallRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 429: components["responses"]["429"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly hangUp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "forEveryone": true
                 *     }
                 */
                readonly "application/json": components["schemas"]["HangUpRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly transferCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "target": "+14255550124"
                 *     }
                 */
                readonly "application/json": components["schemas"]["TransferCallRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly 429: components["responses"]["429"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly cancelAddParticipant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "invitationId": "0f8fad5b-d9cb-469f-a165-70867728950e"
                 *     }
                 */
                readonly "application/json": components["schemas"]["CancelAddParticipantRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly removeParticipant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123"
                 *     }
                 */
                readonly "application/json": components["schemas"]["ParticipantRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly muteParticipant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101"
                 *     }
                 */
                readonly "application/json": components["schemas"]["MuteParticipantRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly muteParticipantById: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
                /** @description Id of the participant in the roster of the call */
                readonly participantId: components["parameters"]["participantId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly moveParticipants: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participants": [
                 *         "+14255550123"
                 *       ],
                 *       "fromCallId": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
                 *     }
                 */
                readonly "application/json": components["schemas"]["MoveParticipantsRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly play: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "sources": [
                 *         {
                 *           "text": "Welcome. Please hold the line.",
                 *           "locale": "en-US",
                 *           "voice": "en-US-NancyNeural"
                 *         }
                 *       ]
                 *     }
                 */
                readonly "application/json": components["schemas"]["PlayRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["PlayOperation"];
            readonly 202: components["responses"]["PlayOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly recognize: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123",
                 *       "input": "dtmf",
                 *       "maxTones": 4,
                 *       "stopTones": [
                 *         "pound"
                 *       ],
                 *       "prompt": {
                 *         "text": "Enter your PIN, then press the pound key.",
                 *         "locale": "en-US"
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["RecognizeRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["RecognizeOperation"];
            readonly 202: components["responses"]["RecognizeOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly cancelAllMediaOperations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly sendDtmfTones: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "tones": [
                 *         "one",
                 *         "two",
                 *         "three",
                 *         "pound"
                 *       ],
                 *       "to": "+14255550123"
                 *     }
                 */
                readonly "application/json": components["schemas"]["SendDtmfTonesRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly startContinuousDtmfRecognition: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123"
                 *     }
                 */
                readonly "application/json": components["schemas"]["ParticipantRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly stopContinuousDtmfRecognition: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123"
                 *     }
                 */
                readonly "application/json": components["schemas"]["ParticipantRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly hold: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123"
                 *     }
                 */
                readonly "application/json": components["schemas"]["HoldRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly unhold: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123"
                 *     }
                 */
                readonly "application/json": components["schemas"]["ParticipantRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly startMediaStreaming: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["StreamingOperation"];
            readonly 202: components["responses"]["StreamingOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly stopMediaStreaming: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["StreamingOperation"];
            readonly 202: components["responses"]["StreamingOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly startTranscription: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "locale": "en-US"
                 *     }
                 */
                readonly "application/json": components["schemas"]["StartTranscriptionRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["StreamingOperation"];
            readonly 202: components["responses"]["StreamingOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly updateTranscription: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "locale": "fr-FR"
                 *     }
                 */
                readonly "application/json": components["schemas"]["UpdateTranscriptionRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["StreamingOperation"];
            readonly 202: components["responses"]["StreamingOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly stopTranscription: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["StreamingOperation"];
            readonly 202: components["responses"]["StreamingOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly startRecording: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the call */
                readonly callId: components["parameters"]["callId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "content": "audio",
                 *       "channel": "mixed",
                 *       "format": "wav"
                 *     }
                 */
                readonly "application/json": components["schemas"]["StartRecordingRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["StartRecordingOperation"];
            readonly 202: components["responses"]["StartRecordingOperation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly pauseRecording: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the recording */
                readonly recordingId: components["parameters"]["recordingId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly resumeRecording: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the recording */
                readonly recordingId: components["parameters"]["recordingId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly stopRecording: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the recording */
                readonly recordingId: components["parameters"]["recordingId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getRecording: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the recording */
                readonly recordingId: components["parameters"]["recordingId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The recording */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Recording"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly deleteRecording: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description `wait=N` waits up to N seconds for the operation to settle; `Preference-Applied` confirms it */
                readonly Prefer?: components["parameters"]["Prefer"];
            };
            readonly path: {
                /** @description Id of the recording */
                readonly recordingId: components["parameters"]["recordingId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /** @example {} */
                readonly "application/json": components["schemas"]["OperationRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Operation"];
            readonly 202: components["responses"]["Operation"];
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly 410: components["responses"]["410"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listOperations: {
        readonly parameters: {
            readonly query?: {
                /** @description All of this call to which ACS has responded */
                readonly callId?: string;
                /** @description Without `callId` one of failed, canceled, timedOut, indeterminate */
                readonly status?: components["schemas"]["OperationStatus"];
                /** @description The operation by its name */
                readonly name?: components["parameters"]["name"];
                /** @description Only what is later, such as 2026-01-31T12:00:00Z */
                readonly createdAfter?: components["parameters"]["createdAfter"];
                /** @description Only what is earlier */
                readonly createdBefore?: components["parameters"]["createdBefore"];
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Operation"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getOperation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the operation; the Idempotency-Key of its request, if that had one */
                readonly operationId: components["parameters"]["operationId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The operation */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Operation"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listRecordings: {
        readonly parameters: {
            readonly query?: {
                readonly callId?: string;
                readonly status?: "recording" | "paused" | "stopped" | "archived" | "failed";
                /** @description Only what is later, such as 2026-01-31T12:00:00Z */
                readonly createdAfter?: components["parameters"]["createdAfter"];
                /** @description Only what is earlier */
                readonly createdBefore?: components["parameters"]["createdBefore"];
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Recording"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getRecordingContent: {
        readonly parameters: {
            readonly query?: {
                /** @description Which of the files of the recording */
                readonly chunk?: components["parameters"]["chunk"];
            };
            readonly header?: {
                /** @description One range of bytes */
                readonly Range?: components["parameters"]["Range"];
                /** @description The ETag of the file that a range continues */
                readonly "If-Range"?: components["parameters"]["If-Range"];
            };
            readonly path: {
                /** @description Id of the recording */
                readonly recordingId: components["parameters"]["recordingId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file */
            readonly 200: {
                headers: {
                    readonly etag: components["headers"]["etag"];
                    readonly "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/wav": string;
                    readonly "audio/mpeg": string;
                    readonly "video/mp4": string;
                };
            };
            /** @description The range of the file that the request names, or its first part: ask for the next */
            readonly 206: {
                headers: {
                    readonly etag: components["headers"]["etag"];
                    readonly "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    readonly "Content-Range": components["headers"]["Content-Range"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/wav": string;
                    readonly "audio/mpeg": string;
                    readonly "video/mp4": string;
                };
            };
            /** @description The file is in Blob Storage, from which it is read without credentials, also in ranges */
            readonly 302: {
                headers: {
                    /** @description Address of the file, for a short time; it is a secret */
                    readonly Location: string;
                    readonly "Cache-Control": components["headers"]["Cache-Control"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 404: components["responses"]["404"];
            readonly 410: components["responses"]["410"];
            readonly 416: components["responses"]["416"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listSequences: {
        readonly parameters: {
            readonly query?: {
                readonly callId?: string;
                readonly status?: "running" | "succeeded" | "failed" | "compensated" | "canceled" | "timedOut";
                /** @description Only what is later, such as 2026-01-31T12:00:00Z */
                readonly createdAfter?: components["parameters"]["createdAfter"];
                /** @description Only what is earlier */
                readonly createdBefore?: components["parameters"]["createdBefore"];
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Sequence"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly startSequence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "callId": "0f7d3c1e-6b2a-4c58-9c70-2f4a1f1f7c11",
                 *       "steps": [
                 *         {
                 *           "do": "play",
                 *           "with": {
                 *             "sources": [
                 *               {
                 *                 "text": "Please hold the line.",
                 *                 "locale": "en-US"
                 *               }
                 *             ]
                 *           }
                 *         },
                 *         {
                 *           "do": "addParticipant",
                 *           "with": {
                 *             "target": "+14255550123",
                 *             "callerId": "+14255550100"
                 *           }
                 *         }
                 *       ],
                 *       "finally": [
                 *         {
                 *           "do": "hangUp",
                 *           "with": {
                 *             "forEveryone": true
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                readonly "application/json": components["schemas"]["StartSequenceRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Sequence"];
            readonly 202: components["responses"]["Sequence"];
            readonly 404: components["responses"]["404"];
            readonly 410: components["responses"]["410"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getSequence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the sequence */
                readonly sequenceId: components["parameters"]["sequenceId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sequence */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Sequence"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getBuiltInSequences: {
        readonly parameters: {
            readonly query?: {
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["BuiltInSequence"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly cancelSequence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the sequence */
                readonly sequenceId: components["parameters"]["sequenceId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sequence, which stops */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Sequence"];
                };
            };
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listRoutingRules: {
        readonly parameters: {
            readonly query?: {
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["RoutingRule"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getRoutingRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of the routing rule */
                readonly ruleId: components["parameters"]["ruleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The rule */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoutingRule"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly putRoutingRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag that the client has read: the write is refused when the resource has changed since */
                readonly "If-Match"?: components["parameters"]["If-Match"];
            };
            readonly path: {
                /** @description Name of the routing rule */
                readonly ruleId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "priority": 10,
                 *       "match": {
                 *         "to": "+14255550100"
                 *       },
                 *       "action": {
                 *         "kind": "reject",
                 *         "reason": "busy"
                 *       }
                 *     }
                 */
                readonly "application/json": components["schemas"]["PutRoutingRuleRequest"];
            };
        };
        readonly responses: {
            /** @description The rule as stored */
            readonly 200: {
                headers: {
                    /** @description Version of the resource, for `If-Match` and `If-None-Match` */
                    readonly etag: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoutingRule"];
                };
            };
            readonly 409: components["responses"]["409"];
            readonly 412: components["responses"]["412"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly deleteRoutingRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag that the client has read: the write is refused when the resource has changed since */
                readonly "If-Match"?: components["parameters"]["If-Match"];
            };
            readonly path: {
                /** @description Name of the routing rule */
                readonly ruleId: components["parameters"]["ruleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The rule is deleted */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 404: components["responses"]["404"];
            readonly 412: components["responses"]["412"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly explainRouting: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "from": "+14255550123",
                 *       "to": "+14255550100"
                 *     }
                 */
                readonly "application/json": components["schemas"]["ExplainRoutingRequest"];
            };
        };
        readonly responses: {
            /** @description The rule, its action, and the other rules */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoutingExplanation"];
                };
            };
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listWebhooks: {
        readonly parameters: {
            readonly query?: {
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Webhook"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of the webhook */
                readonly webhookId: components["parameters"]["webhookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The webhook */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly putWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag that the client has read: the write is refused when the resource has changed since */
                readonly "If-Match"?: components["parameters"]["If-Match"];
            };
            readonly path: {
                /** @description Name of the webhook */
                readonly webhookId: components["parameters"]["webhookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "url": "https://example.com/events",
                 *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                 *       "eventTypes": [
                 *         "CallConnected",
                 *         "OperationSettled"
                 *       ]
                 *     }
                 */
                readonly "application/json": components["schemas"]["PutWebhookRequest"];
            };
        };
        readonly responses: {
            /** @description The webhook as stored, without its secret */
            readonly 200: {
                headers: {
                    /** @description Version of the resource, for `If-Match` and `If-None-Match` */
                    readonly etag: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            readonly 409: components["responses"]["409"];
            readonly 412: components["responses"]["412"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly deleteWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag that the client has read: the write is refused when the resource has changed since */
                readonly "If-Match"?: components["parameters"]["If-Match"];
            };
            readonly path: {
                /** @description Name of the webhook */
                readonly webhookId: components["parameters"]["webhookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The webhook is deleted */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 404: components["responses"]["404"];
            readonly 412: components["responses"]["412"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listWebhookDeliveries: {
        readonly parameters: {
            readonly query?: {
                /** @description Only those with this status */
                readonly status?: "pending" | "delivered" | "failed";
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Name of the webhook */
                readonly webhookId: components["parameters"]["webhookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["WebhookDelivery"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getWebhookDelivery: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of the webhook */
                readonly webhookId: components["parameters"]["webhookId"];
                /** @description Id of the delivery */
                readonly deliveryId: components["parameters"]["deliveryId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The delivery */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly resendWebhookDelivery: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of the webhook */
                readonly webhookId: components["parameters"]["webhookId"];
                /** @description Id of the delivery */
                readonly deliveryId: components["parameters"]["deliveryId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The delivery, which is pending again */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            readonly 404: components["responses"]["404"];
            readonly 409: components["responses"]["409"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly testWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of the webhook */
                readonly webhookId: components["parameters"]["webhookId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The response of the receiver, or why there is none */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookTest"];
                };
            };
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description One type, by its short name or in full */
                readonly type?: components["parameters"]["type"];
                /** @description Id of an event, or a time: only what was logged later */
                readonly after?: components["parameters"]["after"];
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["CloudEvent"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getLimits: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The limits */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Limits"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly putLimits: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                /**
                 * @example {
                 *       "allowedDestinations": [
                 *         "US",
                 *         "+4420"
                 *       ],
                 *       "maxTargets": 10
                 *     }
                 */
                readonly "application/json": components["schemas"]["Limits"];
            };
        };
        readonly responses: {
            /** @description The limits in force */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Limits"];
                };
            };
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listApiKeys: {
        readonly parameters: {
            readonly query?: {
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["ApiKey"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly createApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "name": "crm",
                 *       "roles": [
                 *         "Calls.Read",
                 *         "Calls.Operate"
                 *       ]
                 *     }
                 */
                readonly "application/json": components["schemas"]["CreateApiKeyRequest"];
            };
        };
        readonly responses: {
            /** @description The key */
            readonly 201: {
                headers: {
                    /** @description `no-store`: the key belongs into no cache */
                    readonly "Cache-Control": string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NewApiKey"];
                };
            };
            readonly 409: components["responses"]["409"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly deleteApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the API key */
                readonly apiKeyId: components["parameters"]["apiKeyId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The key is revoked */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listAudit: {
        readonly parameters: {
            readonly query?: {
                /** @description A caller, such as `key:…` */
                readonly who?: components["parameters"]["who"];
                /** @description A kind or an `operationId` */
                readonly what?: components["parameters"]["what"];
                readonly callId?: string;
                /** @description Only what is later, such as 2026-01-31T12:00:00Z */
                readonly from?: string;
                /** @description Only what is earlier */
                readonly to?: string;
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["AuditEntry"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly exportAudit: {
        readonly parameters: {
            readonly query?: {
                /** @description A caller, such as `key:…` */
                readonly who?: components["parameters"]["who"];
                /** @description A kind or an `operationId` */
                readonly what?: components["parameters"]["what"];
                readonly callId?: string;
                /** @description Only what is later, such as 2026-01-31T12:00:00Z */
                readonly from?: string;
                /** @description Only what is earlier */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The entries, newest first */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /** @example {"auditId":"8203899610659-1ea44372c6c5","at":"2026-01-31T12:00:00.000Z","who":"key:9b678c1f0eb0fb54","name":"crm","kind":"change","what":"createCall","route":"POST /calls","about":{"callId":"6f1c0b9e-2a57-4b0e-9d3c-8e4f5a6b7c8d"},"status":202,"requestId":"b87ebb75-1949-476d-a71c-45991ff0b2c3"} */
                    readonly "application/jsonl": string;
                };
            };
            readonly 404: components["responses"]["404"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly listErasures: {
        readonly parameters: {
            readonly query?: {
                /** @description The most items that the page has */
                readonly limit?: components["parameters"]["limit"];
                /** @description The `nextCursor` of the page before, of the same list with the same filters */
                readonly cursor?: components["parameters"]["cursor"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Erasure"][];
                        readonly nextCursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly startErasure: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Becomes the id of what the request makes: the same request under the same key is performed once; its answer is given again, with `Idempotent-Replayed: true` */
                readonly "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                /**
                 * @example {
                 *       "participant": "+14255550123"
                 *     }
                 */
                readonly "application/json": components["schemas"]["StartErasureRequest"];
            };
        };
        readonly responses: {
            /** @description The erasure, which runs */
            readonly 202: {
                headers: {
                    readonly Location: components["headers"]["Location"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Erasure"];
                };
            };
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getErasure: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the erasure */
                readonly erasureId: components["parameters"]["erasureId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The erasure */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Erasure"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 404: components["responses"]["404"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly health: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Health"];
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly 503: components["responses"]["Health"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly openApi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The OpenAPI document */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly openapi: string;
                    } & {
                        readonly [key: string]: unknown;
                    };
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly getApi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The links */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApiIndex"];
                };
            };
            readonly 304: components["responses"]["304"];
            readonly 422: components["responses"]["422"];
            readonly default: components["responses"]["default"];
        };
    };
    readonly receiveEvent: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The same at each attempt: ignore a message whose id was received before */
                readonly "webhook-id": components["parameters"]["webhook-id"];
                /** @description The time of the attempt, in seconds since 1970 */
                readonly "webhook-timestamp": components["parameters"]["webhook-timestamp"];
                /** @description Signatures of Standard Webhooks, `v1,…`, separated by spaces */
                readonly "webhook-signature": components["parameters"]["webhook-signature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/cloudevents+json": components["schemas"]["OperationSettledEvent"] | components["schemas"]["IncomingCallEvent"] | components["schemas"]["RecordingEndedEvent"] | components["schemas"]["SequenceEndedEvent"] | components["schemas"]["GridCallEvent"] | components["schemas"]["WebhookTestEvent"] | components["schemas"]["AcsEvent"];
            };
        };
        readonly responses: {
            /** @description Not wanted: the webhook is disabled */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Received */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Sent again later */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
