import type { Random } from '../random/random';

interface DeviceModel {
  readonly key: string;
  readonly userAgent: string;
  readonly screen: string;
  readonly isMobile: boolean;
  /** Safari forgets a script's cookie after seven days, and after one day when a click id came along. */
  readonly hasItp: boolean;
  readonly weight: number;
}

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko)';

export const deviceModels: readonly DeviceModel[] = [
  {
    key: 'iphone',
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/18.6 Mobile/15E148 Safari/604.1`,
    screen: '393x852',
    isMobile: true,
    hasItp: true,
    weight: 30,
  },
  {
    key: 'android',
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/141.0.0.0 Mobile Safari/537.36`,
    screen: '412x915',
    isMobile: true,
    hasItp: false,
    weight: 27,
  },
  {
    key: 'windows_chrome',
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/141.0.0.0 Safari/537.36`,
    screen: '1920x1080',
    isMobile: false,
    hasItp: false,
    weight: 18,
  },
  {
    key: 'windows_edge',
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
    screen: '1536x864',
    isMobile: false,
    hasItp: false,
    weight: 7,
  },
  {
    key: 'mac_safari',
    userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.6 Safari/605.1.15`,
    screen: '1512x982',
    isMobile: false,
    hasItp: true,
    weight: 9,
  },
  {
    key: 'firefox',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
    screen: '1680x1050',
    isMobile: false,
    hasItp: false,
    weight: 5,
  },
  {
    key: 'ipad',
    userAgent: `Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) ${webkit} Version/18.6 Mobile/15E148 Safari/604.1`,
    screen: '1180x820',
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
    random: Random,
  ) {
    this.#keepsEtag = random.chance(0.75);
  }

  /** What the tracker reports about the device, as JSON. */
  propertiesIn(language: string): string {
    this.#properties ??= JSON.stringify({ screen: this.model.screen, language });
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

/** One to three devices, the first the most used, no model twice. */
export function makeDevices(random: Random): readonly Device[] {
  const count = 1 + random.weighted([40, 42, 18]);
  const weights = deviceModels.map((model) => model.weight);
  const devices: Device[] = [];
  for (let number = 0; number < count; number++) {
    const chosen = random.weighted(weights);
    weights[chosen] = 0;
    const model = deviceModels[chosen];
    if (model) devices.push(new Device(model, number, random));
  }
  return devices;
}
