/** What the media operations of applications work with. */

import type { CallContext } from '../calls/call-context.ts';
import type { Environment } from '../environment.ts';
import type { MediaStore } from './media-store.ts';
import type { Sounds } from './sounds.ts';

export interface MediaContext extends Environment, CallContext {
  readonly clock: Environment['clock'];
  readonly sounds: Sounds;
  readonly media: MediaStore;
}
