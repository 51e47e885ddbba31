/** The phone page: polls the emulator, and updates each section. */

import { announcer } from './announcer.js';
import { callsSection } from './calls.js';
import { clockSection } from './clock.js';
import { showConnection } from './connect.js';
import { dialSection } from './dial.js';
import { byId, setText } from './element.js';
import { faultsSection } from './faults.js';
import { rest } from './heartbeat.js';
import { LogReader } from './log-reader.js';
import { logSection } from './log-section.js';
import { dismiss, notify } from './notice.js';
import { peopleSection } from './people.js';
import { resetDialog } from './reset-dialog.js';
import { ringingSection } from './ringing-phones.js';
import { readState } from './state.js';

/** Some changes have no log entry, such as a ring timeout; the state is read after this many beats at the latest. */
const BEATS_BETWEEN_READS = 5;

const reader = new LogReader();
const showLog = logSection();
const sections = [
  dialSection(),
  ringingSection(),
  callsSection(),
  peopleSection(),
  faultsSection(),
  clockSection(),
  announcer(),
];
resetDialog();

/** @type {import('./state.js').State | undefined} */
let state;
let isStale = true;

for (let beat = 0; ; beat += 1) {
  try {
    const { entries, isNewLog } = await reader.read();
    showLog(entries, isNewLog);
    isStale ||= isNewLog || entries.length > 0 || beat % BEATS_BETWEEN_READS === 0;
    if (state === undefined) {
      await showConnection();
    }
    if (state === undefined || isStale) {
      state = await readState();
      isStale = false;
    }
    for (const show of sections) {
      show(state);
    }
    showPulse(true);
  } catch (error) {
    // The next beat tries again.
    notify(error);
    showPulse(false);
  }
  await rest();
}

/** @param {boolean} isAlive */
function showPulse(isAlive) {
  const pulse = byId('pulse');
  if (isAlive && pulse.classList.contains('pill-alert')) {
    dismiss();
  }
  setText(pulse, isAlive ? 'Live' : 'No answer');
  pulse.classList.toggle('pill-go', isAlive);
  pulse.classList.toggle('pill-alert', !isAlive);
}
