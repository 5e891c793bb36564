/** Runs tasks one after another, in the order in which they came. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();

  /** The task's own result or error; a failing task does not stop the ones behind it. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task, task);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all tasks queued so far are done. */
  async idle(): Promise<void> {
    await this.last;
  }
}
