/** The page's pulse: it looks at the emulator again and again, and at once when something was done. */

const REST_MS = 600;

/** @type {() => void} */
let wakeUp = () => undefined;

/** Ends the current rest. */
export function wake() {
  wakeUp();
}

/** Resolves when it is time to look again. @returns {Promise<void>} */
export function rest() {
  return new Promise((resolve) => {
    wakeUp = resolve;
    setTimeout(resolve, REST_MS);
  });
}
