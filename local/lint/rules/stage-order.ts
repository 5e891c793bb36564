import type { Rule } from '../rule';

export const stageOrder: Rule = {
  name: 'stage-order',
  about: 'With `numbered_stages`, a stage reads from itself and earlier ones only.',
  bad: 'ref("sessions") in 02_staging',
  good: 'ref("events") in 02_staging',
  action({ name, file, reads }, report, { numbered_stages: isOn }) {
    const own = stageOf(file.path);
    if (!isOn || own === undefined) return;
    for (const { name: read, path } of reads) {
      const stage = stageOf(path);
      if (stage === undefined || stage <= own) continue;
      const place = file.text.search(new RegExp(`ref\\([^)]*["'\`]${read}["'\`]`));
      report(
        Math.max(0, place),
        `${name} reads ${read} of a later stage; write the step in that stage, or move ${read} to an earlier one`,
      );
    }
  },
};

/** The number that a folder begins with: 3 for definitions/03_sessions/x.sqlx. */
function stageOf(path: string): number | undefined {
  const number = /(?:^|\/)(\d+)_[^/]*\/[^/]*$/.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
}
