import { parse } from 'tldts';

/**
 * NET.HOST: the host of a URL, in the letter case written; null where there is none. A text
 * without '//' may still begin with a host: 'www.example.com/path'. Anything passes for a scheme,
 * also nothing, and a backslash for a slash, as in browsers.
 */
export function hostOf(url: string): string | null {
  const text = url.trim().replace(/^(?:[^:/?#\\]*:)?[/\\]{2}/, '');
  const authority = /^[^/?#\\]*/.exec(text)?.[0] ?? '';
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  // The colons of an IPv6 address begin no port.
  const address = /^\[[^\]]*\]?/.exec(place)?.[0] ?? '';
  const host = address + (place.slice(address.length).split(':')[0] ?? '');
  const trimmed = host.replace(/^\.+/, '').replace(/\.{2,}$/, '.');
  return trimmed === '' ? null : trimmed;
}

interface Names {
  readonly suffix: string;
  readonly domain: string | null;
}

const REMEMBERED = 10_000;
const known = new Map<string, Names | null>();

/** Pages come from few hosts: the names of the last ones are remembered. */
function namesOf(url: string): Names | null {
  const host = hostOf(url);
  if (host === null) return null;
  const remembered = known.get(host);
  if (remembered !== undefined) return remembered;
  if (known.size >= REMEMBERED) known.clear();
  const names = namesOfHost(host);
  known.set(host, names);
  return names;
}

/** By the part of the public suffix list that registries keep; unknown endings have no names. */
function namesOfHost(host: string): Names | null {
  // The reference engine answers NULL too, but for some hosts in lower case.
  if (host.includes('..')) return null;
  const bare = host.replace(/\.$/, '');
  const result = parse(bare.toLowerCase(), { extractHostname: false, allowPrivateDomains: false });
  if (result.isIp || !result.isIcann || result.publicSuffix === null) return null;
  // The ends of the host as written: the list is in lower case and without a final dot.
  const tail = (name: string): string => host.slice(bare.length - name.length);
  return {
    suffix: tail(result.publicSuffix),
    domain: result.domain === null ? null : tail(result.domain),
  };
}

/** NET.REG_DOMAIN: the domain that its owner registered, by the public suffix list. */
export function registeredDomainOf(url: string): string | null {
  return namesOf(url)?.domain ?? null;
}

/** NET.PUBLIC_SUFFIX: the ending under which domains are registered. */
export function publicSuffixOf(url: string): string | null {
  return namesOf(url)?.suffix ?? null;
}
