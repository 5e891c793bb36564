/** Things that one task at a time may use; tasks wait in line for the next free one. */
export class Lanes<T> {
  private readonly free: T[];
  private readonly waiting: ((lane: T) => void)[] = [];

  constructor(lanes: readonly T[]) {
    this.free = [...lanes];
  }

  /** Runs `work` with a lane that nobody else has meanwhile. */
  async use<R>(work: (lane: T) => Promise<R>): Promise<R> {
    const lane = this.free.shift() ?? (await new Promise<T>((take) => this.waiting.push(take)));
    try {
      return await work(lane);
    } finally {
      const next = this.waiting.shift();
      if (next) next(lane);
      else this.free.push(lane);
    }
  }
}
