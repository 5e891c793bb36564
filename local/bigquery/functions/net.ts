import { each, fixed, scalar } from './entry';
import type { FunctionMapping } from './mapping';
import { bindOnce } from './sql-text';

const URLS = `[NULL, '', 'https://www.Shop.Example.co.uk/a?b#c', 'http://user:pw@Sub.Example.COM:8080/x', '//host.example', 'www.example.com', 'example.com/path', 'https://192.168.0.1/x', 'http://[::1]:80/', 'mailto:someone@example.com', 'https://localhost/', ' https://spaced.example/ ', 'https://xn--mnchen-3ya.de/', 'https://münchen.de/', 'https://a.b.github.io/', 'https://example', 'javascript:void(0)', 'android-app://com.google.android.gm/', 'https://example.com./', 'https://t.co', 'http://foo.bar.kawasaki.jp', 'https:///x', 'ftp://a_b.example.org', 'https://www.bücher.example.ck', 'http://.a.com', 'https://A..com']`;
const ODD_URLS = `['http://a.b:80@host.com/x', 'http://a.b:c@host.com', 'https://a.com:443', 'https://a.com:443?x=http://b.com', 'https://a.com?x', 'https://a.com#x', 'http:/a.com', 'foo:bar@b.com/x', 'x://y@z@h.com', 'http://h.com:80:90/', 'http://a.com\\\\\\\\b', '?a.com', '/a/b', '#x', 'http://a..', 'http://a b.com/', 'http://', 'http://a.com.', 'http://com', 'http://a.unknowntld', 'http://a.рф', 'http://x.blogspot.com', 'https://x.vercel.app', 'HTTPS://WWW.A.COM', 'http://a-.b.com/', 'l.facebook.com', 'https://www.google.com/', 'http:\\\\\\\\a.com', '://a.com', '\\\\/a.com', '1http://a.com', '[::1]x', 'u:p@[::1]-y:80', '#://a.com']`;

/** Nearly every URL: a scheme of the web, a plain name with a dot, perhaps a port. */
const USUAL = '^(?:https?:)?//([A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+)(?::[0-9]+)?(?:[/?#]|$)';

/** One regular expression answers for the usual URLs, ten times as fast as JavaScript. */
function host(url: string): string {
  return bindOnce(
    [url, `regexp_extract(${url}, '${USUAL}', 1)`],
    (x, name) => `CASE WHEN ${name} <> '' THEN ${name} ELSE bq_net_host(${x}) END`,
  );
}

const net = (name: string, build: (url: string) => string): FunctionMapping =>
  scalar(
    name,
    `${name.toUpperCase()}(url)`,
    fixed((x = '') => build(x)),
    [each(`${name.toUpperCase()}(x)`, URLS), each(`${name.toUpperCase()}(x)`, ODD_URLS)],
  );

export const netFunctions: readonly FunctionMapping[] = [
  net('net.host', host),
  net('net.reg_domain', (x) => `bq_net_reg_domain(${x})`),
  net('net.public_suffix', (x) => `bq_net_public_suffix(${x})`),
];
