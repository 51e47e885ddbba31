/** Finding, copying and filling the elements of the page. Texts go in as text, never as markup. */

/**
 * The element with the id.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  return found(document.getElementById(id), `#${id}`);
}

/** A copy of the template's only element. @param {string} templateId @returns {HTMLElement} */
export function copyOf(templateId) {
  const { content } = /** @type {HTMLTemplateElement} */ (byId(templateId));
  return /** @type {HTMLElement} */ (found(content.firstElementChild, templateId).cloneNode(true));
}

/**
 * The part of an element that has a name in its template.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {HTMLElement} element
 * @param {string} name
 * @returns {T}
 */
export function part(element, name) {
  return found(element.querySelector(`[data-part="${name}"]`), name);
}

/** Sets a text; the same one again changes nothing, so that selections stay. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * The value that a field of a form has, without space around it.
 *
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function fieldOf(form, name) {
  return String(new FormData(form).get(name) ?? '').trim();
}

/**
 * @template T
 * @param {Element | null} element
 * @param {string} name
 * @returns {T}
 */
function found(element, name) {
  if (element === null) {
    throw new Error(`The page has no ${name}.`);
  }
  return /** @type {T} */ (element);
}
