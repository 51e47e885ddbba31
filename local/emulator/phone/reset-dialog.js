/** The reset, after a confirmation. */

import { act } from './act.js';
import { control } from './control.js';
import { byId } from './element.js';

export function resetDialog() {
  const dialog = /** @type {HTMLDialogElement} */ (byId('reset-dialog'));
  byId('reset').addEventListener('click', () => {
    dialog.returnValue = '';
    dialog.showModal();
  });
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'reset') {
      void act(dialog, () => control.post('reset'));
    }
  });
}
