/** What recordings work with. */

import type { EventGridContext } from '../event-grid/publish.ts';
import type { RecordingStore } from './recording-store.ts';

export interface RecordingContext extends EventGridContext {
  readonly recordings: RecordingStore;
}
