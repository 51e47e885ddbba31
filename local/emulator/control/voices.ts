/** /emulator/voices: voices of the speech service beside those that the emulator knows. */

import * as z from 'zod';
import { defineEndpoint } from './endpoint.ts';

export const voices = [
  defineEndpoint({
    method: 'PUT',
    path: '/voices',
    body: z.strictObject({ voices: z.array(z.string().min(1).max(200)).max(1000) }),
    run({ resource, body }) {
      resource.sounds.voices.clear();
      for (const voice of body.voices) {
        resource.sounds.voices.add(voice.toLowerCase());
      }
      return body;
    },
  }),
];
