/** Reads streams of Server-Sent Events, as a client does that may be cut off at any time. */
import { eventually, request } from './api.ts';

/** One event of a stream, and when it was received. */
export interface Message {
  readonly id: string;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: a call or an entry of a timeline, and an assertion on a member that is not there fails.
  readonly data: any;
  readonly at: number;
}

/** A reader of the stream at a URL: what it has received, and the text of it. */
export function readStream(url: string, lastEventId?: string) {
  const left = new AbortController();
  const messages: Message[] = [];
  const state = { text: '', status: 0, hasEnded: false };
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const done = (async () => {
    const response = await request(url, { headers, signal: left.signal });
    state.status = response.status;
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const text = decoder.decode(chunk, { stream: true });
      state.text += text;
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      messages.push(...blocks.flatMap(messageIn));
    }
  })()
    .catch((error) => {
      if (!left.signal.aborted) {
        throw error;
      }
    })
    .finally(() => {
      state.hasEnded = true;
    });
  const has = (wanted: (all: readonly Message[]) => boolean) => eventually(async () => messages, wanted);
  return { messages, state, done, has, leave: () => left.abort() };
}

function messageIn(block: string): Message[] {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
  return fields.data === undefined
    ? []
    : [{ id: fields.id, event: fields.event, data: JSON.parse(fields.data), at: Date.now() }];
}
