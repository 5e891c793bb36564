import { type OnJobs, runDataform } from './dataform';
import { createGate } from './gate';
import type { Progress } from './progress';
import type { OpenWarehouse } from './warehouse';

interface ModelRunOptions {
  readonly title: string;
  readonly tags: readonly string[];
  readonly fullRefresh?: boolean;
  readonly onJobs?: OnJobs | undefined;
}

/** One `dataform run`, which compiles at once and touches the warehouse only when it is run. */
export interface ModelRun {
  run(progress: Progress): Promise<void>;
  /** Ends a run that is no longer wanted; after run() there is nothing to end. */
  stop(): Promise<void>;
}

/**
 * Starts `dataform run` behind a closed gate: compiling takes seconds and needs no data, so it
 * goes on while the data is still being made or the models before it run. In the cloud, where
 * there is no gate, everything begins with run().
 */
export async function compileAhead(
  open: OpenWarehouse,
  options: ModelRunOptions,
): Promise<ModelRun> {
  const { title, tags, fullRefresh = false, onJobs } = options;
  const base = { project: open.project, tags, fullRefresh, onJobs };
  if (open.endpoint === undefined) {
    return {
      run: (progress) =>
        progress.step(title, (update) =>
          runDataform({ ...base, endpoint: undefined, onAction: tellTo(update) }),
        ),
      stop: async () => {},
    };
  }
  const gate = await createGate(open.endpoint);
  const stopping = new AbortController();
  let tell: ReturnType<typeof tellTo> = () => {};
  const finished = runDataform({
    ...base,
    endpoint: gate.url,
    signal: stopping.signal,
    onAction: (action, done) => tell(action, done),
  });
  // A failure before run() waits for run() to be told.
  finished.catch(() => {});
  return {
    run: (progress) =>
      progress.step(title, async (update) => {
        tell = tellTo(update);
        gate.open();
        await finished;
      }),
    async stop() {
      stopping.abort();
      await gate.close();
      await finished.catch(() => {});
    },
  };
}

function tellTo(update: (state: string) => void) {
  return (action: { readonly name: string }, done: number): void =>
    update(`${done} done, last ${action.name}`);
}
