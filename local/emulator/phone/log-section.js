/** The live tail of the wire log: filtered by kind, and paused to read. */

import { byId, setText } from './element.js';
import { logLine } from './log-line.js';

/** @typedef {import('./log-reader.js').LogEntry} LogEntry */

/** More entries slow the page down. */
const SHOWN_ENTRIES = 500;

/** The kinds of entries, and whether each is shown at first: control requests would hide those of the app. @type {[string, boolean][]} */
const KINDS = [
  ['request', true],
  ['response', true],
  ['event', true],
  ['delivery', true],
  ['download', true],
  ['speech', true],
  ['fault', true],
  ['control', false],
];

/** @returns {(entries: LogEntry[], isNewLog: boolean) => void} */
export function logSection() {
  const list = byId('log-entries');
  const pause = byId('log-pause');
  /** @type {LogEntry[]} */
  let held = [];
  let isPaused = false;
  const append = (/** @type {LogEntry[]} */ entries) => {
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(...entries.slice(-SHOWN_ENTRIES).map(logLine));
    while (list.children.length > SHOWN_ENTRIES) {
      list.firstElementChild?.remove();
    }
    if (isAtEnd) {
      list.scrollTop = list.scrollHeight;
    }
  };
  const showPause = () => setText(pause, isPaused ? `Resume (${held.length} new)` : 'Pause');
  byId('log-kinds').append(...KINDS.map(([kind, isShown]) => kindSwitch(list, kind, isShown)));
  byId('log-clear').addEventListener('click', () => list.replaceChildren());
  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.setAttribute('aria-pressed', String(isPaused));
    append(held);
    held = [];
    showPause();
  });
  return (entries, isNewLog) => {
    if (isNewLog) {
      list.replaceChildren();
      held = [];
    }
    if (isPaused) {
      held = [...held, ...entries].slice(-SHOWN_ENTRIES);
      showPause();
    } else if (entries.length > 0) {
      append(entries);
    }
  };
}

/** A box that shows or hides the entries of a kind. @param {HTMLElement} list @param {string} kind @param {boolean} isShown */
function kindSwitch(list, kind, isShown) {
  const label = document.createElement('label');
  const box = document.createElement('input');
  label.className = 'chip';
  box.type = 'checkbox';
  box.checked = isShown;
  label.append(box, kind);
  const apply = () => list.classList.toggle(`without-${kind}`, !box.checked);
  box.addEventListener('change', apply);
  apply();
  return label;
}
