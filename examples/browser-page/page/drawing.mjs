/** Fits the canvas to the pixels of the screen. @returns its context, in CSS pixels, and its size in them */
export function prepareCanvas(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = globalThis.devicePixelRatio ?? 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  return { context, width, height };
}

/** The value of a colour of style.css, in the scheme that is in use. */
export function colourOf(element, name) {
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  element.parentElement.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
