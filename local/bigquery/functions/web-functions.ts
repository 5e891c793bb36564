import { parse } from 'tldts';

/** NET.HOST: the host of a URL, as written; null where there is none. */
export function hostOf(url: string): string | null {
  const match = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url.trim());
  return match?.[1] ? match[1] : null;
}

/** NET.REG_DOMAIN: the domain that its owner registered, by the public suffix list. */
export function registeredDomainOf(url: string): string | null {
  return parse(hostOf(url) ?? url, { allowPrivateDomains: true }).domain;
}

/** NET.PUBLIC_SUFFIX: the ending under which domains are registered. */
export function publicSuffixOf(url: string): string | null {
  return parse(hostOf(url) ?? url, { allowPrivateDomains: true }).publicSuffix;
}
