/** Seeded randomness: ids and chances come from here, so that the same seed gives the same run. */

/** The sfc32 generator by Chris Doty-Humphrey (public domain): small, fast, and the same on every machine. */
export class Random {
  #a: number;
  #b = 0x9e3779b9;
  #c = 0x243f6a88;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    for (let round = 0; round < 16; round++) {
      this.#next();
    }
  }

  /** A random (version 4) GUID in lower case. */
  guid(): string {
    const bytes = this.bytes(16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  /** That many random bytes. */
  bytes(length: number): Buffer {
    const buffer = Buffer.alloc(length);
    for (let index = 0; index < length; index++) {
      buffer.writeUInt8(this.#next() >>> 24, index);
    }
    return buffer;
  }

  /** That many decimal digits, the first of them not zero. */
  digits(length: number): string {
    const digits = [...this.bytes(length)].map((byte) => byte % 10);
    return [Math.max(1, digits[0] ?? 1), ...digits.slice(1)].join('');
  }

  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean {
    return (this.#next() >>> 0) / 0x1_0000_0000 < probability;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }
}
