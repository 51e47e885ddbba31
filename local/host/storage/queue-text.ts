/** The text of a queue message on the wire: base64, Azure's default, or as it is (`messageEncoding` of host.json). */

import type { QueueOptions } from '../settings/host-json.ts';

export type MessageEncoding = QueueOptions['messageEncoding'];

/** The text that carries `content`. */
export function encodeMessage(content: string | Uint8Array, encoding: MessageEncoding): string {
  return Buffer.from(content as Uint8Array).toString(encoding === 'base64' ? 'base64' : 'utf8');
}

/** The content of a message; undefined when its text is not what the encoding says. */
export function decodeMessage(text: string, encoding: MessageEncoding): Buffer | undefined {
  if (encoding === 'none') {
    return Buffer.from(text);
  }
  const content = Buffer.from(text, 'base64');
  return content.toString('base64') === text ? content : undefined;
}
