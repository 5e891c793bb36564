import type { Rule } from '../rule';
import { inConfig } from '../sqlx/source-file';

export const tags: Rule = {
  name: 'tags',
  about: 'Each action carries exactly one of `tags`, so that a run by tags leaves nothing out.',
  bad: 'tags: []',
  good: 'tags: ["prepare"]',
  action({ tags: carried, file }, report, { tags: known }) {
    if (known.length === 0) return;
    const found = carried.filter((tag) => known.includes(tag));
    if (found.length === 1) return;
    const what = found.length === 0 ? 'no tag of' : 'more than one of';
    report(inConfig(file, /\btags\b/), `${what} ${known.join(', ')}; write exactly one of them`);
  },
};
