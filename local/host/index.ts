/** The public API of the embedded Functions host: all that programs and tests outside its folder import. */

export { HostError } from './errors.ts';
export { type Clock, type Host, type HostedFunction, type HostOptions, type LogEntry, startHost } from './host.ts';
export { readLocalSettings } from './settings/local-settings.ts';
