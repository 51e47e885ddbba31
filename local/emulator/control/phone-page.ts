/** GET /emulator/: the phone page, served from its files. */

import { readFile } from 'node:fs/promises';
import type { Answer, WireRequest } from '../http/message.ts';

const FOLDER = new URL('../phone/', import.meta.url);

const CONTENT_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * The page loads its own files and calls this server, nothing else; texts of calls can never become markup or script.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  // Never stale: the files change with each version of the emulator.
  'cache-control': 'no-cache',
};

/** The page or one of its files; undefined for any other request. */
export async function phonePage({ method, path }: WireRequest): Promise<Answer | undefined> {
  const name = method === 'GET' ? fileName(path) : undefined;
  const bytes = name === undefined ? undefined : await read(name);
  if (name === undefined || bytes === undefined) {
    return undefined;
  }
  const contentType = CONTENT_TYPES[name.split('.')[1] ?? ''] ?? '';
  return { status: 200, headers: { ...HEADERS, 'content-type': contentType }, bytes: [bytes] };
}

/** A valid name has no slash and one dot, so it stays in the folder. */
function fileName(path: string): string | undefined {
  return /^\/emulator\/?$/.test(path) ? 'index.html' : /^\/emulator\/phone\/([a-z-]+\.(?:css|js|svg))$/.exec(path)?.[1];
}

async function read(name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(new URL(name, FOLDER));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
