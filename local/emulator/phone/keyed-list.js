/** A list on the page that follows a list of items. */

/**
 * Keeps the children of a list in step with its items. An element stays as long as its item does, with its focus and
 * with what was typed into it.
 *
 * @template Item
 * @param {HTMLElement} list
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => {element: HTMLElement, update(item: Item): void}} create
 * @returns {(items: Item[]) => void}
 */
export function keyedList(list, keyOf, create) {
  /** @type {Map<string, ReturnType<typeof create>>} */
  const rows = new Map();
  return (items) => {
    const keys = new Set(items.map(keyOf));
    for (const [key, { element }] of rows) {
      if (!keys.has(key)) {
        element.remove();
        rows.delete(key);
      }
    }
    for (const [index, item] of items.entries()) {
      const row = rows.get(keyOf(item)) ?? create(item);
      rows.set(keyOf(item), row);
      row.update(item);
      if (list.children[index] !== row.element) {
        list.insertBefore(row.element, list.children[index] ?? null);
      }
    }
  };
}
