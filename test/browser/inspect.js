/** What is wrong with a page to the eye and to the finger. Run inside the page; answers lists that should be empty. */
(() => {
  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const isOffScreen = (element) => element.closest('.visually-hidden, .skip') !== null;
  const name = (element) => `${element.tagName.toLowerCase()}: ${element.textContent.trim().slice(0, 40)}`;
  const shown = [...document.body.querySelectorAll('*')].filter((each) => isVisible(each) && !isOffScreen(each));

  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const isOpaque = (colour) => channels(colour)[3] !== 0;
  const backgroundOf = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return isOpaque(backgroundColor) || element.parentElement === null
      ? backgroundColor
      : backgroundOf(element.parentElement);
  };
  const contrastOf = (element) => {
    const [dark, light] = [getComputedStyle(element).color, backgroundOf(element)].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');

  const targetOf = (element) => (element.type === 'checkbox' ? element.closest('label') : element);
  const boxes = shown
    .filter((element) => element.matches('button, input, select, a, summary'))
    .map((element) => ({ element, box: targetOf(element).getBoundingClientRect() }));
  const width = document.documentElement.clientWidth;

  return {
    // WCAG 1.4.3, for text of any size.
    pale: shown.filter((each) => hasText(each) && contrastOf(each) < 4.5).map(name),
    // WCAG 2.5.8.
    tiny: boxes.filter(({ box }) => Math.min(box.width, box.height) < 24).map(({ element }) => name(element)),
    outside: boxes.filter(({ box }) => box.left < 0 || box.right > width).map(({ element }) => name(element)),
    scrollsSideways: document.documentElement.scrollWidth > width,
    texts: shown.filter(hasText).length,
    controls: boxes.length,
  };
})();
