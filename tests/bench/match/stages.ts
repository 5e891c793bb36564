import type { Progress } from '@tributary/local/cli/progress';

/** Seconds of the wall and of the processor, in all and by step. */
export interface Measured<T> {
  readonly result: T;
  readonly seconds: number;
  readonly text: string;
}

/**
 * Measures work that reports its steps.
 *
 * @param except title of a step that does not count
 */
export async function measureStages<T>(
  work: (progress: Progress) => Promise<T>,
  except?: string,
): Promise<Measured<T>> {
  const stages: string[] = [];
  let left = 0;
  const clock = () => {
    const [startedAt, used] = [performance.now(), process.cpuUsage()];
    return () => {
      const { user, system } = process.cpuUsage(used);
      return [(performance.now() - startedAt) / 1000, (user + system) / 1e6] as const;
    };
  };
  const all = clock();
  const result = await work({
    async step(title, part) {
      const read = clock();
      const answer = await part(() => {});
      const [wall, processor] = read();
      if (title === except) left += wall;
      stages.push(`${title.toLowerCase()} ${wall.toFixed(1)} s (${processor.toFixed(0)})`);
      return answer;
    },
    note: () => {},
    warn: (text) => console.log(`  ${text}`),
  });
  const [wall, processor] = all();
  const seconds = wall - left;
  return {
    result,
    seconds,
    text: `${seconds.toFixed(1)} s (${stages.join(', ')}), processor ${processor.toFixed(0)} s`,
  };
}
