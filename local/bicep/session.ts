/** One process of the compiler that answers many requests: its JSON-RPC over standard input and output. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A finding of the compiler; lines and characters count from 0. */
export interface Diagnostic {
  readonly source: string;
  readonly range: { readonly start: { readonly line: number; readonly char: number } };
  readonly level: string;
  readonly code: string;
  readonly message: string;
}

/** The assumed target of a deployment, from which its plan has names and ids. */
export interface PlanMetadata {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly resourceGroup?: string;
  readonly location: string;
  readonly deploymentName: string;
}

interface Methods {
  'bicep/compile': { request: { path: string }; response: { diagnostics: readonly Diagnostic[] } };
  'bicep/format': { request: { path: string }; response: { contents: string } };
  'bicep/getSnapshot': { request: { path: string; metadata: PlanMetadata }; response: { snapshot: string } };
}

interface Message {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const headerEnd = '\r\n\r\n';

export class CompilerSession {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #received = Buffer.alloc(0);

  constructor(compiler: string) {
    this.#process = spawn(compiler, ['jsonrpc', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#process.on('error', (error) => this.#end(error));
    this.#process.on('exit', (code) => this.#end(new Error(`The compiler ended with exit code ${code}.`)));
  }

  /** Rejects when the compiler refuses, with its reason, or when it ends. */
  request<M extends keyof Methods>(method: M, params: Methods[M]['request']): Promise<Methods[M]['response']> {
    this.#lastId += 1;
    const id = this.#lastId;
    const text = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as Methods[M]['response']), reject });
      this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}${headerEnd}${text}`);
    });
  }

  close(): void {
    this.#process.kill();
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const head = this.#received.indexOf(headerEnd);
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString('utf8', 0, Math.max(head, 0)))?.[1]);
      const begin = head + headerEnd.length;
      if (head < 0 || this.#received.length < begin + length) {
        return;
      }
      const message = JSON.parse(this.#received.toString('utf8', begin, begin + length)) as Message;
      this.#received = this.#received.subarray(begin + length);
      this.#settle(message);
    }
  }

  #settle({ id, result, error }: Message): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) {
      waiting?.reject(new Error(error.message));
    } else {
      waiting?.resolve(result);
    }
  }

  #end(error: Error): void {
    for (const { reject } of this.#waiting.values()) {
      reject(error);
    }
    this.#waiting.clear();
  }
}
