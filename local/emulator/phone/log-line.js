/** One entry of the wire log: a line, with its headers and body folded away. */

import { copyOf, part, setText } from './element.js';

/** @typedef {import('./log-reader.js').LogEntry} LogEntry */

/** @param {LogEntry} entry */
export function logLine(entry) {
  const element = copyOf('log-entry');
  const kind = kindOf(entry);
  element.className = `log-${kind}`;
  element.classList.toggle('log-trouble', isTrouble(entry));
  setText(part(element, 'at'), entry.at.slice(11, 23));
  setText(part(element, 'kind'), kind);
  setText(part(element, 'text'), textOf(entry));
  // Written when it is opened: most entries never are.
  element.firstElementChild?.addEventListener('toggle', () => setText(part(element, 'body'), bodyOf(entry)), {
    once: true,
  });
  return element;
}

/** Requests to the control API are a kind of their own here. @param {LogEntry} entry */
function kindOf({ kind, path }) {
  return path?.startsWith('/emulator/') ? 'control' : kind;
}

/** A speech entry says why a text is not spoken. @param {LogEntry} entry */
function isTrouble({ kind, status, note }) {
  const isNoted = kind === 'delivery' && note !== undefined;
  return kind === 'fault' || kind === 'speech' || isNoted || (status !== undefined && status >= 400);
}

/** @param {LogEntry} entry */
function textOf({ method, path, url, operation, event, status, replayed, note }) {
  const request = path === undefined ? url : `${method} ${shortened(path)}`;
  const parts = [status, operation ?? event ?? request, replayed && '(replayed)', note];
  return parts.filter((each) => each !== undefined).join(' ');
}

/** Without the query, and with the first part of ids only: the details have the whole. @param {string} path */
function shortened(path) {
  return path.replace(/\?.*/s, '').replace(/([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '$1…');
}

/** @param {LogEntry} entry */
function bodyOf({ n: _n, at: _at, kind: _kind, ...rest }) {
  return JSON.stringify(rest, undefined, 2);
}
