/** A set-up file of pure tests: whatever opens a socket fails, so that they need no storage, host or emulator. */
import { Server, Socket } from 'node:net';

const refuse = (): never => {
  throw new Error('A pure test opens no socket: move it out of the pure tests in vitest.config.ts.');
};

Server.prototype.listen = refuse;
Socket.prototype.connect = refuse;
