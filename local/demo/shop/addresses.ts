import { ipPrefix, keyedSha256 } from '@tributary/functions/shared/hash';
import { Random, streams } from '../random/random';

export interface Address {
  readonly ipSha256: string;
  readonly ipPrefixSha256: string;
}

const rotationMillis = 21 * 86_400_000;

/**
 * The network addresses of the shop's visitors. A household shares the one of its line, which
 * the provider changes every three weeks; mobile networks hand out a few shared ones.
 */
export class AddressBook {
  readonly #known = new Map<string, Address>();

  constructor(readonly seed: number) {}

  home(household: number, time: number): Address {
    // Every line changes on a day of its own.
    const epoch = Math.floor((time + household * 7_919_000) / rotationMillis);
    return this.#at(`home ${household} ${epoch}`, household, epoch);
  }

  mobile(country: string, slot: number): Address {
    return this.#at(`mobile ${country} ${slot}`, slot + country.charCodeAt(0) * 1000, -1);
  }

  #at(key: string, index: number, epoch: number): Address {
    let address = this.#known.get(key);
    if (!address) {
      const random = new Random(this.seed + epoch + 2, streams.household, -1 - index);
      const part = () => 1 + random.below(254);
      const ip = `${80 + random.below(12)}.${part()}.${part()}.${part()}`;
      const hashed = (text: string) => keyedSha256(`demo ${this.seed}`, text);
      address = { ipSha256: hashed(ip), ipPrefixSha256: hashed(ipPrefix(ip) ?? ip) };
      this.#known.set(key, address);
    }
    return address;
  }
}
