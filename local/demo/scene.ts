/** Where a story is played: the app, the emulator, and what may be done to them. */

export interface Scene {
  /** Of the HTTP API, without a slash at the end. */
  readonly apiUrl: string;
  /** An API key or a token, for an app that asks for one. */
  readonly key?: string | undefined;
  /** Absent when there is no emulator, so that no one can be made to call or to answer. */
  readonly emulatorUrl?: string | undefined;
  /** Kills the app, and starts it again. Absent when the demo did not start the app. */
  readonly crashApp?: (() => Promise<void>) | undefined;
  /** Ends every wait. */
  readonly over: AbortSignal;
}
