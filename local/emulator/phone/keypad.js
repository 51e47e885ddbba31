/** A telephone's keypad: clicked, typed on, or walked over with the arrow keys. It is one stop of the Tab key. */

import { act, inTurn } from './act.js';
import { setText } from './element.js';

const KEYS = [...'123A456B789C*0#D'];
const COLUMNS = 4;

/** @type {Record<string, string>} */
const SPOKEN = { '*': 'star', '#': 'pound' };

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };

/** The last keys that fit into the display. */
const SHOWN_KEYS = 24;

/**
 * @param {HTMLElement} pad
 * @param {HTMLElement} display
 * @param {string} id
 * @param {(tones: string) => Promise<unknown>} press
 */
export function keypad(pad, display, id, press) {
  const buttons = new Map(KEYS.map((key, index) => [key, keyButton(key, index)]));
  const queue = inTurn();
  let pressed = '';
  const send = (/** @type {string} */ key) =>
    queue(async () => {
      if (await act(pad, () => press(key))) {
        pressed = `${pressed}${key}`.slice(-SHOWN_KEYS);
        setText(display, pressed);
      }
    });
  pad.setAttribute('aria-label', `Keypad of ${id}`);
  display.setAttribute('aria-label', `Keys pressed by ${id}`);
  pad.append(...buttons.values());
  for (const [key, button] of buttons) {
    button.addEventListener('click', () => send(key));
    button.addEventListener('focus', () => makeTabStop([...buttons.values()], button));
  }
  pad.addEventListener('keydown', (event) => {
    const key = keyMeant(event);
    if (key === undefined) {
      return;
    }
    event.preventDefault();
    buttons.get(key)?.focus();
    if (STEPS[event.key] === undefined) {
      send(key);
    }
  });
}

/** @param {string} key @param {number} index */
function keyButton(key, index) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'key';
  button.tabIndex = index === 0 ? 0 : -1;
  button.textContent = key;
  button.setAttribute('aria-label', SPOKEN[key] ?? key);
  return button;
}

/** @param {HTMLButtonElement[]} buttons @param {HTMLButtonElement} stop */
function makeTabStop(buttons, stop) {
  for (const button of buttons) {
    button.tabIndex = button === stop ? 0 : -1;
  }
}

/** The key that is typed, or that an arrow leads to. @param {KeyboardEvent} event */
function keyMeant(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  const step = STEPS[event.key];
  const at = KEYS.indexOf(event.target instanceof HTMLElement ? (event.target.textContent ?? '') : '');
  return step === undefined ? KEYS.find((key) => key === event.key.toUpperCase()) : KEYS[at + step];
}
