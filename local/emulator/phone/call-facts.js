/** The activities in a call, in words: phones that ring, prompts, input, streams and recordings. */

/** @typedef {import('./state.js').Call} Call */
/** @typedef {{key: string, kind: 'ringing' | 'running' | 'recording' | 'quiet', text: string}} Fact */

/** Texts for the emulator's names of media operations. @type {Record<string, string>} */
const MEANINGS = {
  playToAll: 'Playing to all',
  playTo: 'Playing to',
  recognizeNonGroup: 'Listening to',
  recognizeGroup: 'Listening to',
  continuousDtmf: 'Collecting the tones of',
  sendDtmf: 'Sending tones to',
  holdMusic: 'Hold music for',
  mediaStreaming: 'Streaming the audio to',
  transcription: 'Transcribing to',
};

/** @param {Call} call @returns {Fact[]} */
export function factsOf(call) {
  return [...ringingFacts(call), ...mediaFacts(call), ...streamFacts(call), ...recordingFacts(call)];
}

/** @param {Call} call @returns {Fact[]} */
function ringingFacts({ ringing }) {
  return ringing.map(({ ringingId, id }) => ({ key: ringingId, kind: 'ringing', text: `${id} is ringing` }));
}

/** @param {Call} call @returns {Fact[]} */
function mediaFacts({ mediaQueue }) {
  return mediaQueue.map(({ operation, participants, state, operationContext }, index) => {
    const context = operationContext === undefined ? '' : ` (${operationContext})`;
    const what = `${MEANINGS[operation] ?? operation} ${participants.join(', ')}`.trim() + context;
    const kind = state === 'running' ? 'running' : 'quiet';
    return { key: `${index} ${operation} ${kind}`, kind, text: state === 'running' ? what : `${what}, ${state}` };
  });
}

/** @param {Call} call @returns {Fact[]} */
function streamFacts({ streams }) {
  return streams
    .filter(({ state }) => state === 'active')
    .map(({ kind, transportUrl }) => ({ key: kind, kind: 'running', text: `${MEANINGS[kind]} ${transportUrl}` }));
}

/** @param {Call} call @returns {Fact[]} */
function recordingFacts({ recordings }) {
  return recordings.map(({ recordingId, state, hasEnded, content, channel, format }) => {
    const what = hasEnded ? 'Recorded' : state === 'active' ? 'Recording' : 'Recording paused';
    const kind = hasEnded ? 'quiet' : 'recording';
    return { key: `${recordingId} ${kind}`, kind, text: `${what} (${content}, ${channel}, ${format})` };
  });
}
