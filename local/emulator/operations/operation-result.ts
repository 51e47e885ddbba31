/** The result of a REST operation: its response, and the connection that it acted on. */

import type { Connection } from '../calls/model.ts';
import type { Answer } from '../http/message.ts';

/** The source of the ids of events and answers: a connection, or a recording, which has ids of its own. */
export type Origin = Pick<Connection, 'callConnectionId' | 'correlationId'>;

export interface OperationResult {
  readonly answer: Answer;
  /** A fault may make the answer wait for an event of this connection. */
  readonly connection?: Origin;
}
