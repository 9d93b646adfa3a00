import type { TitleComponentOption } from 'echarts';
import { colors } from './colors.js';

const subtitleSize = 16;
/** Of the font's size, how wide its letters are in the mean. */
const letterWidth = 0.53;

/**
 * A title with a line of explanation below it. Of a line that is too long the last parts between commas are left out: half a
 * number is another number.
 */
export function heading(
  { title, subtitle }: { readonly title: string; readonly subtitle: string },
  { left, width }: { readonly left: number; readonly width: number },
): TitleComponentOption {
  const parts = subtitle.split(', ');
  while (parts.length > 1 && parts.join(', ').length * letterWidth * subtitleSize > width) parts.pop();
  const cut = { width, overflow: 'truncate', ellipsis: '...' } as const;
  return {
    text: title,
    subtext: parts.join(', '),
    left,
    top: 24,
    padding: 0,
    itemGap: 10,
    textStyle: { fontSize: 22, fontWeight: 'normal', color: colors.ink, ...cut },
    subtextStyle: { fontSize: subtitleSize, lineHeight: 20, color: colors.faint, ...cut },
  };
}
