import { parseAccessLogLine } from './access-log-line';
import { readLines } from './read-file';

/**
 * The host that the log's site most likely has: the one most often seen as referrer among those
 * that contain the site id, for pages of the site refer to its images and other pages. The site id
 * itself where there is none.
 */
export async function findHost(file: string, siteId: string): Promise<string> {
  const counts = new Map<string, number>();
  for await (const text of readLines(file)) {
    const parsed = parseAccessLogLine(text);
    const host = parsed.ok ? hostOf(parsed.value.referrer) : undefined;
    if (host?.includes(siteId.toLowerCase())) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  // Of equally frequent hosts the first in the alphabet: the answer must not depend on order.
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return byCount[0]?.[0] ?? siteId.toLowerCase();
}

function hostOf(address: string | undefined): string | undefined {
  return /^https?:\/\/([a-z0-9.-]+)/i.exec(address ?? '')?.[1]?.toLowerCase();
}
