const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** One slip of the pen: a letter left out, added, mistaken, or two of them swapped. */
export function misspell(text: string, random: () => number): string {
  if (text.length < 3) return text;
  const at = Math.floor(random() * (text.length - 1));
  const isDigit = /\d/.test(text[at] ?? '');
  const other = isDigit
    ? String(Math.floor(random() * 10))
    : (LETTERS[Math.floor(random() * 26)] ?? 'e');
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  const kind = Math.floor(random() * 4);
  if (isDigit || kind === 0) return `${before}${other}${after}`;
  if (kind === 1) return `${before}${after}`;
  if (kind === 2) return `${before}${other}${text[at]}${after}`;
  return `${before}${after[0]}${text[at]}${after.slice(1)}`;
}
