/** The public API of the emulator: all that programs and tests outside its folder import. */

export { KEY_SET_PATH } from './callbacks/discovery.ts';
export { connectionString } from './connection-string.ts';
export { type Control, controlClient } from './control-client.ts';
export { type Emulator, startEmulator } from './emulator.ts';
export { DEFAULT_ACCESS_KEY, type EmulatorOptions, RESOURCE_ID } from './options.ts';
