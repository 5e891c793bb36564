import { Random, streams } from '@tributary/local/demo/random/random';
import { Device, deviceModels, makeDevices } from '@tributary/local/demo/shop/devices';

const day = 86_400_000;
const model = (hasItp: boolean) => {
  const found = deviceModels.find((candidate) => candidate.hasItp === hasItp);
  if (!found) throw new Error('no such model');
  return found;
};
const random = () => new Random(5, streams.person, 3);

describe('Device', () => {
  it('loses its cookie in Safari after seven days without a visit', () => {
    const draws = random();
    const device = new Device(model(true), 0, draws);
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
    const device = new Device(model(true), 0, draws);
    device.open(0, true, draws);
    expect(device.open(1.1 * day, false, draws)).toBe(true);
  });

  it('keeps it elsewhere for more than a week', () => {
    const draws = random();
    const device = new Device(model(false), 0, draws);
    device.open(0, true, draws);
    expect(device.open(7.9 * day, false, draws)).toBe(false);
  });

  it('is one of one to three, no model twice', () => {
    for (let index = 0; index < 200; index++) {
      const devices = makeDevices(new Random(8, streams.person, index));
      expect([1, 2, 3]).toContain(devices.length);
      expect(new Set(devices.map((device) => device.model.key)).size).toBe(devices.length);
    }
  });
});
