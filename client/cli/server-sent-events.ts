/** Server-Sent Events, read from the body of a response. */

export interface ServerSentEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
  /** When to come back after the end of the stream. */
  readonly retryMs?: number;
}

/** Each event of the stream, also one that has nothing but a `retry`. Comments, which keep the connection open, are skipped. */
export async function* eventsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent, void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventIn(block);
      if (event) {
        yield event;
      }
    }
  }
}

function eventIn(block: string): ServerSentEvent | undefined {
  const fields = block.split(/\r?\n/).flatMap((line) => {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    return name === '' ? [] : [[name, value] as const];
  });
  const last = (name: string) => fields.findLast(([one]) => one === name)?.[1];
  const [id, event, retry] = [last('id'), last('event'), last('retry')];
  if (fields.length === 0) {
    return undefined;
  }
  return {
    data: fields.flatMap(([name, value]) => (name === 'data' ? [value] : [])).join('\n'),
    ...(id !== undefined && { id }),
    ...(event !== undefined && { event }),
    ...(retry !== undefined && { retryMs: Number(retry) }),
  };
}
