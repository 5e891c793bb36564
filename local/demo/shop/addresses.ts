import { Random, streams } from '../random/random';

export interface Address {
  readonly ipSha256: string;
  readonly ipPrefixSha256: string;
}

const rotationMillis = 21 * 86_400_000;

/** Neighbours in one network prefix. */
const neighbours = 4;

/**
 * The network addresses of the shop's visitors. A household shares the one of its line, which
 * the provider changes every three weeks; mobile networks hand out a few shared ones. Only
 * hashes of addresses are ever stored, so the hashes are drawn and the addresses left out.
 */
export class AddressBook {
  readonly #known = new Map<number, Address>();

  constructor(readonly seed: number) {}

  home(household: number, time: number): Address {
    // Every line changes on a day of its own.
    const epoch = Math.floor((time + (household % 97) * 19_000_000) / rotationMillis);
    return this.#at(household, epoch);
  }

  /** A mobile network is a number below 0. */
  mobile(network: number, slot: number): Address {
    return this.#at(network * 1000 - slot, 0);
  }

  #at(place: number, epoch: number): Address {
    const key = place * 10_000 + epoch;
    let address = this.#known.get(key);
    if (!address) {
      address = {
        ipSha256: new Random(this.seed + epoch, streams.address, place).hex64(),
        ipPrefixSha256: new Random(
          this.seed + epoch,
          streams.prefix,
          Math.floor(place / neighbours),
        ).hex64(),
      };
      this.#known.set(key, address);
    }
    return address;
  }
}
