import type { Random } from '../random/random';
import { type DeviceTraits, makeTraits, type Releases } from './device-traits';

export interface DeviceModel {
  readonly key: string;
  /** # stands for the version that moves. */
  readonly userAgent: string;
  readonly releases: Releases;
  /** Screens of devices of this kind in CSS pixels, with their weights. */
  readonly screens: readonly (readonly [string, number])[];
  readonly isMobile: boolean;
  /** Safari forgets a script's cookie after seven days, and after one day when a click id came along. */
  readonly hasItp: boolean;
  readonly weight: number;
}

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko)';

/** Since its version 26 Safari reports the same system for ever. */
const safari = { first: 0, firstDay: '2025-09-15', everyDays: 49, lagDays: 18, stays: 0.2 };
const chrome = { first: 141, firstDay: '2025-09-30', everyDays: 28, lagDays: 6, stays: 0.03 };
const firefox = { first: 144, firstDay: '2025-10-14', everyDays: 28, lagDays: 6, stays: 0.1 };

export const deviceModels: readonly DeviceModel[] = [
  {
    key: 'iphone',
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/26.# Mobile/15E148 Safari/604.1`,
    releases: safari,
    screens: [
      ['390x844', 30],
      ['393x852', 24],
      ['430x932', 13],
      ['375x812', 10],
      ['414x896', 10],
      ['402x874', 7],
      ['375x667', 6],
    ],
    isMobile: true,
    hasItp: true,
    weight: 30,
  },
  {
    key: 'android',
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/#.0.0.0 Mobile Safari/537.36`,
    releases: chrome,
    screens: [
      ['412x915', 22],
      ['360x800', 17],
      ['384x832', 14],
      ['393x873', 11],
      ['360x780', 11],
      ['393x852', 9],
      ['411x914', 8],
      ['448x998', 4],
      ['360x640', 4],
    ],
    isMobile: true,
    hasItp: false,
    weight: 27,
  },
  {
    key: 'windows_chrome',
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/#.0.0.0 Safari/537.36`,
    releases: chrome,
    screens: [
      ['1920x1080', 42],
      ['1536x864', 22],
      ['2560x1440', 11],
      ['1366x768', 10],
      ['1280x720', 8],
      ['1440x900', 7],
    ],
    isMobile: false,
    hasItp: false,
    weight: 18,
  },
  {
    key: 'windows_edge',
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/#.0.0.0 Safari/537.36 Edg/#.0.0.0`,
    releases: chrome,
    screens: [
      ['1920x1080', 36],
      ['1536x864', 32],
      ['1366x768', 14],
      ['1280x720', 10],
      ['2560x1440', 8],
    ],
    isMobile: false,
    hasItp: false,
    weight: 7,
  },
  {
    key: 'mac_safari',
    userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/26.# Safari/605.1.15`,
    releases: safari,
    screens: [
      ['1440x900', 34],
      ['1512x982', 22],
      ['1470x956', 18],
      ['1728x1117', 14],
      ['2560x1440', 12],
    ],
    isMobile: false,
    hasItp: true,
    weight: 9,
  },
  {
    key: 'firefox',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:#.0) Gecko/20100101 Firefox/#.0',
    releases: firefox,
    screens: [
      ['1920x1080', 55],
      ['2560x1440', 18],
      ['1680x1050', 14],
      ['1366x768', 13],
    ],
    isMobile: false,
    hasItp: false,
    weight: 5,
  },
  {
    key: 'ipad',
    userAgent: `Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) ${webkit} Version/26.# Mobile/15E148 Safari/604.1`,
    releases: safari,
    screens: [
      ['820x1180', 42],
      ['810x1080', 32],
      ['834x1194', 14],
      ['1024x1366', 12],
    ],
    isMobile: false,
    hasItp: true,
    weight: 4,
  },
];

const dayMillis = 86_400_000;

/** One browser of one person, with its first-party cookie and its cache. */
export class Device {
  /** The cookie now set; a new one means a new visitor to the shop. */
  anonymousId = '';
  etagId: string | null = null;
  #expiresAt = -Infinity;
  #etagLostAt = -Infinity;
  readonly #keepsEtag: boolean;
  #properties: string | undefined;

  constructor(
    readonly model: DeviceModel,
    readonly number: number,
    readonly traits: DeviceTraits,
    random: Random,
  ) {
    this.#keepsEtag = random.chance(0.75);
  }

  /** What the tracker reports about the device, as JSON. */
  propertiesIn(language: string): string {
    this.#properties ??= JSON.stringify({ screen: this.traits.screen, language });
    return this.#properties;
  }

  /**
   * Opens the shop: expired identifiers are replaced, the cookie's life starts again.
   * @returns true when the cookie is new
   */
  open(time: number, hasClickId: boolean, random: Random): boolean {
    const isNew = time >= this.#expiresAt;
    if (isNew) this.anonymousId = random.hex16();
    const cleared = this.model.hasItp ? 7 : Math.min(400, 8 + random.exponential(90));
    // A long-lived cookie is cleared by its owner: the first draw of its life counts.
    if (this.model.hasItp) {
      this.#expiresAt = time + (hasClickId ? 1 : cleared) * dayMillis;
    } else if (isNew) {
      this.#expiresAt = time + cleared * dayMillis;
    }
    if (this.#keepsEtag && time >= this.#etagLostAt) {
      this.etagId = random.hex16();
      this.#etagLostAt = time + (8 + random.exponential(50)) * dayMillis;
    }
    return isNew;
  }
}

/**
 * One to three devices, the first the most used, no model twice.
 *
 * @param traits the stream that their traits are drawn from
 */
export function makeDevices(random: Random, traits: Random, startsAt: number): readonly Device[] {
  const count = 1 + random.weighted([40, 42, 18]);
  const weights = deviceModels.map((model) => model.weight);
  const devices: Device[] = [];
  for (let number = 0; number < count; number++) {
    const chosen = random.weighted(weights);
    weights[chosen] = 0;
    const model = deviceModels[chosen];
    if (model) devices.push(new Device(model, number, makeTraits(model, traits, startsAt), random));
  }
  return devices;
}
