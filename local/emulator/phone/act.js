/** Performs the action of a control: one at a time, with a notice when the emulator refuses it. */

import { wake } from './heartbeat.js';
import { dismiss, notify } from './notice.js';

/** @type {WeakSet<EventTarget>} */
const busy = new WeakSet();

/**
 * Does the work, unless the control is busy with it already, and looks at the emulator afterwards. Resolves to whether it
 * succeeded.
 *
 * @param {EventTarget} trigger
 * @param {() => Promise<unknown>} work
 */
export async function act(trigger, work) {
  if (busy.has(trigger)) {
    return false;
  }
  busy.add(trigger);
  try {
    await work();
    dismiss();
    return true;
  } catch (error) {
    notify(error);
    return false;
  } finally {
    busy.delete(trigger);
    wake();
  }
}

/** Lets a click on the button do the work. @param {HTMLElement} button @param {() => Promise<unknown>} work */
export function onClick(button, work) {
  button.addEventListener('click', () => void act(button, work));
}

/**
 * A queue of actions: each starts when the one before it has ended, so that they arrive in order. Actions must not
 * reject.
 */
export function inTurn() {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return (/** @type {() => Promise<unknown>} */ work) => {
    last = last.then(work);
  };
}
