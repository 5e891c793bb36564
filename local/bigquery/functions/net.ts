import { each, fixed, scalar } from './entry';
import type { FunctionMapping } from './mapping';

const URLS = `[NULL, '', 'https://www.Shop.Example.co.uk/a?b#c', 'http://user:pw@Sub.Example.COM:8080/x', '//host.example', 'www.example.com', 'example.com/path', 'https://192.168.0.1/x', 'http://[::1]:80/', 'mailto:someone@example.com', 'https://localhost/', ' https://spaced.example/ ', 'https://xn--mnchen-3ya.de/', 'https://münchen.de/', 'https://a.b.github.io/', 'https://example', 'javascript:void(0)', 'android-app://com.google.android.gm/', 'https://example.com./', 'https://t.co', 'http://foo.bar.kawasaki.jp', 'https:///x', 'ftp://a_b.example.org', 'https://www.bücher.example.ck', 'http://.a.com', 'https://A..com']`;

const net = (name: string): FunctionMapping => {
  const word = name.toUpperCase();
  return scalar(
    name,
    `${word}(url)`,
    fixed((x) => `bq_${name.replace('.', '_')}(${x})`),
    [each(`${word}(x)`, URLS)],
  );
};

export const netFunctions: readonly FunctionMapping[] = [
  net('net.host'),
  net('net.reg_domain'),
  net('net.public_suffix'),
];
