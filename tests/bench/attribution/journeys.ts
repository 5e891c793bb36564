import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import type { TimedJourneys } from '@tributary/functions/attribution/models/model-journeys';

const CHANNELS = [
  'Direct',
  'Paid Search',
  'Organic Search',
  'Newsletter',
  'Affiliate',
  'Display',
  'Social',
  'Referral',
  'Video',
  'Shopping',
];
const MEAN_TOUCHES = 3.64;
const MEAN_GAP_HOURS = 40;

/**
 * Seeded journeys: 3.6 touches each on average, ten channels of which the first are common, 10% of
 * journeys convert, more of them after the channels in the middle.
 */
export function makeJourneys(journeyCount: number, seed = 1): TimedJourneys {
  const random = seededRandom(seed);
  const room = Math.ceil(journeyCount * (MEAN_TOUCHES + 1)) + 1000;
  const offsets = new Uint32Array(journeyCount + 1);
  const channel = new Uint16Array(room);
  const hoursToEnd = new Float64Array(room);
  const conversions = new Float64Array(journeyCount);
  const nulls = new Float64Array(journeyCount);
  const hoursObserved = new Float64Array(journeyCount);
  const endDay = new Int32Array(journeyCount);
  const gap = () => -Math.log(1 - random()) * MEAN_GAP_HOURS;
  let touchCount = 0;
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const touches = 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - 1 / MEAN_TOUCHES));
    let chance = 0.02;
    let hours = gap();
    const first = touchCount;
    touchCount += touches;
    for (let touch = touchCount - 1; touch >= first; touch -= 1) {
      const code = Math.floor(random() ** 1.7 * CHANNELS.length);
      channel[touch] = code;
      hoursToEnd[touch] = hours;
      chance += code >= 3 && code < 7 ? 0.05 : 0.01;
      hours += gap();
    }
    offsets[journey + 1] = touchCount;
    const isConverted = random() < chance;
    conversions[journey] = isConverted ? 1 : 0;
    nulls[journey] = isConverted ? 0 : 1;
    hoursObserved[journey] = hours;
    endDay[journey] = 20_000 + Math.floor(random() * 180);
  }
  return {
    journeyCount,
    touchCount,
    offsets,
    channel: channel.slice(0, touchCount),
    channels: CHANNELS,
    conversions,
    nulls,
    hoursToEnd: hoursToEnd.slice(0, touchCount),
    hoursObserved,
    endDay,
    holder: Uint8Array.from({ length: touchCount }, () => (random() < 0.4 ? 1 : 0)),
    closer: Uint8Array.from({ length: touchCount }, () => (random() < 0.2 ? 1 : 0)),
  };
}

/** The journeys as a path file: one line each. */
export async function writePathFile(journeys: TimedJourneys, file: string): Promise<void> {
  const out = createWriteStream(file);
  let text = 'path,total_conversions,total_null\n';
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const end = journeys.offsets[journey + 1] as number;
    for (let touch = journeys.offsets[journey] as number; touch < end; touch += 1) {
      text += journeys.channels[journeys.channel[touch] as number];
      text += touch + 1 < end ? ' > ' : ',';
    }
    text += `${journeys.conversions[journey]},${journeys.nulls[journey]}\n`;
    if (text.length > 1 << 20) {
      if (!out.write(text)) await once(out, 'drain');
      text = '';
    }
  }
  out.end(text);
  await once(out, 'finish');
}
