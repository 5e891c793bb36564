import { Random, streams } from '@tributary/local/demo/random/random';
import { makeTraits } from '@tributary/local/demo/shop/device-traits';
import { Device, deviceModels, makeDevices } from '@tributary/local/demo/shop/devices';

const day = 86_400_000;
const model = (hasItp: boolean) => {
  const found = deviceModels.find((candidate) => candidate.hasItp === hasItp);
  if (!found) throw new Error('no such model');
  return found;
};
const random = () => new Random(5, streams.person, 3);
const traits = (of = model(true)) => makeTraits(of, new Random(5, streams.device, 3), 0);

describe('Device', () => {
  it('loses its cookie in Safari after seven days without a visit', () => {
    const draws = random();
    const device = new Device(model(true), 0, traits(), draws);
    expect(device.open(0, false, draws)).toBe(true);
    const first = device.anonymousId;
    expect(device.open(6.9 * day, false, draws)).toBe(false);
    expect(device.open(13.8 * day, false, draws)).toBe(false);
    expect(device.anonymousId).toBe(first);
    expect(device.open(20.9 * day, false, draws)).toBe(true);
    expect(device.anonymousId).not.toBe(first);
  });

  it('loses it after one day when the visit came with a click id', () => {
    const draws = random();
    const device = new Device(model(true), 0, traits(), draws);
    device.open(0, true, draws);
    expect(device.open(1.1 * day, false, draws)).toBe(true);
  });

  it('keeps it elsewhere for more than a week', () => {
    const draws = random();
    const device = new Device(model(false), 0, traits(model(false)), draws);
    device.open(0, true, draws);
    expect(device.open(7.9 * day, false, draws)).toBe(false);
  });

  it('is one of one to three, no model twice', () => {
    for (let index = 0; index < 200; index++) {
      const devices = makeDevices(
        new Random(8, streams.person, index),
        new Random(8, streams.device, index),
        0,
      );
      expect([1, 2, 3]).toContain(devices.length);
      expect(new Set(devices.map((device) => device.model.key)).size).toBe(devices.length);
    }
  });
});

describe('traits of a device', () => {
  const start = Date.parse('2026-08-03T00:00:00Z');
  const made = (key: string) => {
    const found = deviceModels.find((candidate) => candidate.key === key);
    if (!found) throw new Error(`no model ${key}`);
    return Array.from({ length: 400 }, (_, index) =>
      makeTraits(found, new Random(1, streams.device, index), start),
    );
  };
  const version = (userAgent: string) =>
    Number(/(?:Chrome|Version)\/([\d.]+)/.exec(userAgent)?.[1]);

  it('stay the same, and a version never goes back', () => {
    for (const { screen, userAgentAt } of made('android')) {
      expect(screen).toMatch(/^\d{3,4}x\d{3,4}$/);
      let last = 0;
      for (let time = start; time < start + 90 * day; time += day) {
        const now = version(userAgentAt(time).replace('.0.0.0', ''));
        expect(now).toBeGreaterThanOrEqual(last);
        last = now;
      }
    }
  });

  it('differ from device to device, as screens do, and some are never updated', () => {
    const phones = made('iphone');
    expect(new Set(phones.map(({ screen }) => screen)).size).toBeGreaterThan(5);
    const agents = (time: number) => phones.map(({ userAgentAt }) => userAgentAt(time));
    expect(new Set(agents(start)).size).toBeGreaterThan(2);
    const later = agents(start + 90 * day);
    const kept = agents(start).filter((userAgent, at) => userAgent === later[at]).length;
    expect(kept / phones.length).toBeGreaterThan(0.1);
    expect(kept / phones.length).toBeLessThan(0.35);
  });

  it('begin with the known versions where the shop is older than they are', () => {
    const [device] = made('android');
    expect(device?.userAgentAt(Date.parse('2020-01-01T00:00:00Z'))).toContain('Chrome/141.');
  });
});
