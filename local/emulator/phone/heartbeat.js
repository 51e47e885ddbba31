/** The page's polling interval; an action ends it at once. */

const REST_MS = 600;

/** @type {() => void} */
let wakeUp = () => undefined;

/** Ends the current interval. */
export function wake() {
  wakeUp();
}

/** Resolves when the next poll is due. @returns {Promise<void>} */
export function rest() {
  return new Promise((resolve) => {
    wakeUp = resolve;
    setTimeout(resolve, REST_MS);
  });
}
