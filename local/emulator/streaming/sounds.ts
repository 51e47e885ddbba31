/** The sound that the application hears of the others in its call: each has a tone, the same as in recordings. */

import { BoundedMap } from '../bounded-map.ts';
import type { Connection, Participant } from '../calls/model.ts';
import { othersThan } from '../calls/server-call.ts';
import { toneHz } from '../recordings/sound.ts';
import { audioFrame, type SampleRate } from './audio.ts';

/** ACS streams the four most dominant speakers of unmixed audio; chosen here: those who can be heard first. */
const MAX_UNMIXED = 4;

const KEEP_SOUNDS = 32;

/** A participant who is muted or on hold is not heard. */
function isHeard({ isMuted, isOnHold }: Participant): boolean {
  return !isMuted && !isOnHold;
}

/** The returned function makes the next 20 ms of sound: one in all, or one for each speaker. */
export function soundsOf(connection: Connection, channels: 'mixed' | 'unmixed', sampleRate: SampleRate) {
  const tones = new Map<string, number>();
  const toneOf = ({ identifier: { rawId } }: Participant): number => {
    const index = tones.get(rawId) ?? tones.size;
    tones.set(rawId, index);
    return toneHz(index);
  };
  // Tones repeat with each frame, so the same voices have the same sound: it is made once.
  const made = new BoundedMap<string, string>(KEEP_SOUNDS);
  const sound = (speakers: readonly Participant[]) => {
    const voices = speakers.filter(isHeard).map(toneOf);
    const key = voices.join();
    const data = made.get(key) ?? audioFrame(voices, sampleRate).toString('base64');
    made.set(key, data);
    return { data, silent: voices.length === 0 };
  };
  return () => {
    const others = othersThan(connection);
    if (channels === 'mixed') {
      return [sound(others)];
    }
    const dominant = [...others].sort((one, other) => Number(isHeard(other)) - Number(isHeard(one)));
    return dominant.slice(0, MAX_UNMIXED).map((speaker) => {
      return { participantRawID: speaker.identifier.rawId, ...sound([speaker]) };
    });
  };
}
