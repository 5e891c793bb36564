/** Names that differ only in case or white space mean the same channel. */
export function looseName(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
