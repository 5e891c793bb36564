import type { AccessLogLine } from './access-log-line';

/** What a request was for. Only 'page' and 'download' are what a person asked to see. */
type RequestKind = 'page' | 'download' | 'asset' | 'feed' | 'robots' | 'redirect' | 'probe';

/** Files that a browser fetches by itself, to show a page. */
const assetEndings = new Set(
  'css js mjs map png jpg jpeg gif svg ico cur bmp webp avif woff woff2 ttf otf eot xsl webmanifest swf'.split(
    ' ',
  ),
);
const downloadEndings = new Set(
  'pdf doc docx xls xlsx ppt pptx zip gz tgz bz2 xz tar 7z rar jar exe msi dmg deb rpm gem iso pcap apk mp3 mp4 avi mov'.split(
    ' ',
  ),
);

/**
 * Tells pages from what comes with them, by method, status and ending. Pages without an ending and
 * with an unknown one count as pages; so do refused ones (404): the visitor saw an error page.
 */
export function requestKind(line: AccessLogLine): RequestKind {
  if (line.method !== 'GET' && line.method !== 'POST') return 'probe';
  const path = (line.target.split(/[?#]/)[0] ?? '').toLowerCase();
  const ending = /\.([a-z0-9]+)$/.exec(path)?.[1] ?? '';
  if (assetEndings.has(ending)) return 'asset';
  if (path === '/robots.txt') return 'robots';
  if (isFeed(line.target, ending)) return 'feed';
  // The page a redirect leads to is a line of its own; 304 shows the page the browser kept.
  if (line.status >= 300 && line.status < 400 && line.status !== 304) return 'redirect';
  return downloadEndings.has(ending) ? 'download' : 'page';
}

/** Feeds and site maps are read by programs, however human their user agents look. */
function isFeed(target: string, ending: string): boolean {
  if (['xml', 'rss', 'atom', 'rdf'].includes(ending)) return true;
  return /[?&](flav|feed)=(rss|atom)/i.test(target) || /\/(feed|rss|atom)\/?$/i.test(target);
}

/** The event's name: a page view, or a request that came along with one. */
export function eventNameOf(kind: RequestKind): 'page_view' | 'asset_request' {
  return kind === 'page' || kind === 'download' ? 'page_view' : 'asset_request';
}
