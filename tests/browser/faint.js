// All elements with words of their own that stand out too little from their ground (WCAG 2.2, 1.4.3).
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** A colour of any CSS notation, laid over another, as red, green and blue. */
  const over = (under, colour) => {
    for (const layer of [`rgb(${under})`, colour]) {
      canvas.fillStyle = layer;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };

  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) =>
    0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);

  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(getComputedStyle(at).backgroundColor);
    return layers.reduce(over, [255, 255, 255]);
  };

  const contrast = (element) => {
    const under = ground(element);
    const both = [luminance(under), luminance(over(under, getComputedStyle(element).color))].sort((a, b) => b - a);
    return (both[0] + 0.05) / (both[1] + 0.05);
  };

  const hasWords = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());

  return [...document.querySelectorAll("body *")]
    .filter((element) => hasWords(element) && element.checkVisibility() && !element.disabled && contrast(element) < 4.5)
    .map((element) => `${element.tagName} ${element.className} ${element.textContent}: ${contrast(element)}`);
};
