import type { Ora } from 'ora';

/** How a long step tells where it stands. Everything goes to stderr: stdout is for data. */
export interface Progress {
  /** Runs one step under a title; `update` says how far it is; the answer may end the line. */
  step<T>(title: string, work: (update: (state: string) => void) => Promise<T>): Promise<T>;
  note(text: string): void;
  warn(text: string): void;
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** A spinner on a terminal, plain lines elsewhere, nothing where `quiet`. */
export async function createProgress(
  options: { readonly quiet?: boolean } = {},
): Promise<Progress> {
  if (options.quiet) return silentProgress;
  if (!process.stderr.isTTY) return plainProgress;
  const { default: ora } = await import('ora');
  return terminalProgress((text) => ora({ text, stream: process.stderr }));
}

const silentProgress: Progress = {
  step: (_title, work) => work(() => {}),
  note: () => {},
  warn: (text) => writeLine(`Warning: ${text}`),
};

function writeLine(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** At most one line a second and step, so that a log stays readable. */
const plainProgress: Progress = {
  async step(title, work) {
    const startedAt = Date.now();
    let lastLineAt = startedAt;
    writeLine(`${title} ...`);
    const result = await work((state) => {
      if (Date.now() - lastLineAt < 1000) return;
      lastLineAt = Date.now();
      writeLine(`${title}: ${state}`);
    });
    writeLine(`${title}: done in ${seconds(startedAt)}`);
    return result;
  },
  note: writeLine,
  warn: (text) => writeLine(`Warning: ${text}`),
};

function terminalProgress(spinner: (text: string) => Ora): Progress {
  return {
    async step(title, work) {
      const startedAt = Date.now();
      const line = spinner(title).start();
      try {
        const result = await work((state) => {
          line.text = `${title}: ${state}`;
        });
        line.succeed(`${title} (${seconds(startedAt)})`);
        return result;
      } catch (error) {
        line.fail(title);
        throw error;
      }
    },
    note: writeLine,
    warn: (text) => spinner('').warn(text),
  };
}
