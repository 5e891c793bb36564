import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Each is some megabytes. */
const KEPT = 6;

/** Answers by key, each in a file of its own. What cannot be read or written is not there. */
export class AnswerCache {
  constructor(private readonly folder: string) {}

  get(key: string): string | undefined {
    try {
      const text = readFileSync(this.file(key), 'utf8');
      const answer = text.slice(text.indexOf('\n') + 1);
      return text === withHead(answer) ? answer : undefined;
    } catch {
      return undefined;
    }
  }

  /** Written beside and renamed, so that a reader never sees half of it. */
  set(key: string, answer: string): void {
    try {
      mkdirSync(this.folder, { recursive: true });
      this.makeRoom();
      const draft = `${this.file(key)}.${process.pid}`;
      writeFileSync(draft, withHead(answer));
      renameSync(draft, this.file(key));
    } catch {
      // The next one compiles again.
    }
  }

  private makeRoom(): void {
    const files = readdirSync(this.folder).map((name) => join(this.folder, name));
    const byAge = files
      .map((file) => ({ file, at: statSync(file).mtimeMs }))
      .sort((a, b) => b.at - a.at);
    for (const { file } of byAge.slice(KEPT - 1)) rmSync(file, { force: true });
  }

  private file(key: string): string {
    return join(this.folder, `${key}.txt`);
  }
}

/** Says how long the answer is, so that one that was cut off is not taken for whole. */
const withHead = (answer: string): string => `compiled ${answer.length}\n${answer}`;
