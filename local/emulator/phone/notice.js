/** The notice that something was refused or went wrong. */

import { byId, setText } from './element.js';

const notice = byId('notice');

/** Shows an error in its own words. @param {unknown} error */
export function notify(error) {
  setText(byId('notice-text'), error instanceof Error ? error.message : String(error));
  notice.hidden = false;
}

/** Takes the notice away. */
export function dismiss() {
  notice.hidden = true;
}

byId('notice-close').addEventListener('click', dismiss);
