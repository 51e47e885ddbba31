/** The key that wraps data keys, so that storage has none in clear: a key of Key Vault, or of a file in development. */

export interface WrappingKey {
  /** The setting by which it is named, for errors. */
  readonly setting: string;
  /** The version that wraps new data keys. Data keys of older ones stay readable. */
  currentVersion(): Promise<string>;
  /** Wraps a data key with a version of the key. */
  wrap(version: string, dataKey: Buffer): Promise<string>;
  /** The data key that a version of the key has wrapped. */
  unwrap(version: string, wrapped: string): Promise<Buffer>;
}
