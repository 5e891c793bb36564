/**
 * echarts numbers its charts and styles what a mouse points at; without both the same picture gives
 * the same text, and with a title people who can't see it know what it is.
 *
 * @param prefix of the picture's own names, in place of echarts' numbers
 */
export function accessibleSvg(svg: string, title: string, prefix: string): string {
  const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return svg
    .replaceAll(/<style\b[\s\S]*?<\/style>\s*/g, '')
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/zr\d+-/g, `${prefix}-`)
    .replace(/<svg([^>]*)>/, `<svg$1 role="img">\n<title>${escaped}</title>`);
}
