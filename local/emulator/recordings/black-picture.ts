/**
 * Video of a black picture in H.264: one whole picture every second. All its macroblocks but the first are the same
 * byte, so the pictures are constants, and no encoder is needed.
 */

/** How the video is described to a decoder; 1920 by 1080 is documented, the frame rate is chosen here. */
export const VIDEO = {
  codec: 'avc1.420028',
  width: 1920,
  height: 1080,
  framesPerSecond: 1,
  /** The decoder's configuration (avcC): Baseline profile, level 4.0, and the parameter sets. */
  configuration: Buffer.from('01420028ffe1000b67420028a680780227e54001000468ce0772', 'hex'),
} as const;

// Pictures that follow one another must have different ids, which shifts all that comes after the id by some bits.
const EVEN = picture('00001fea65b811fffff87a28001ff2', Buffer.alloc(8158, 0x72), '78');
const ODD = picture('00001fea65b827ffffe1e8a0007f', Buffer.alloc(8159, 0xc9), 'e0');

/** The picture of a second, as an access unit with its length in front; it can be decoded by itself. */
export function pictureAt(second: number): Uint8Array {
  return second % 2 === 0 ? EVEN : ODD;
}

function picture(head: string, macroblocks: Buffer, tail: string): Uint8Array {
  return Buffer.concat([Buffer.from(head, 'hex'), macroblocks, Buffer.from(tail, 'hex')]);
}
