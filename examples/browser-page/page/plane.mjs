import { colourOf, prepareCanvas } from './drawing.mjs';

/**
 * Draws points of the unit square: real ones faint, generated ones above them, a ring around each mode.
 *
 * @param points.real, points.generated x and y in turn
 * @param modes.covered for each of `modes.centres`, whether it is covered
 */
export function drawPlane(canvas, { real, generated, modes }) {
  const { context, width, height } = prepareCanvas(canvas);
  const margin = 0.04;
  const across = (x) => width * (margin + (1 - 2 * margin) * x);
  const down = (y) => height * (1 - margin - (1 - 2 * margin) * y);

  const dots = (points, colour, radius, opacity) => {
    context.fillStyle = colour;
    context.globalAlpha = opacity;
    for (let i = 0; i < points.length; i += 2) {
      context.beginPath();
      context.arc(across(points[i]), down(points[i + 1]), radius, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  };
  dots(real, colourOf(canvas, 'real'), 1, 0.5);
  dots(generated, colourOf(canvas, 'generated'), 1.6, 0.75);

  const [covered, missed] = [colourOf(canvas, 'covered'), colourOf(canvas, 'missed')];
  const radius = width * (1 - 2 * margin) * modes.radius;
  modes.centres.forEach(([x, y], mode) => {
    context.strokeStyle = modes.covered[mode] ? covered : missed;
    context.lineWidth = modes.covered[mode] ? 2.5 : 1.5;
    context.beginPath();
    context.arc(across(x), down(y), radius, 0, 2 * Math.PI);
    context.stroke();
  });
}
