import { type Analyzer, type Evaluation, startAnalyzer, type TableRows } from '../../sql/analyzer';

/** The reference engine was asked, and did not answer in time: nothing is known. */
export class NoAnswer extends Error {
  constructor(seconds: number) {
    super(`The reference engine did not answer within ${seconds} s`);
  }
}

/**
 * Google's reference engine, with an end to waiting: EXP of a NUMERIC it never answers. It cannot
 * be interrupted, so it is stopped, and a new one started for the next question.
 */
export class LimitedReference {
  private running: Promise<Analyzer> | undefined;

  constructor(private readonly seconds: number) {}

  /** Throws NoAnswer where the time is over. */
  async evaluate(sql: string, tables: readonly TableRows[] = []): Promise<Evaluation> {
    this.running ??= startAnalyzer();
    const analyzer = await this.running;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NoAnswer(this.seconds)), this.seconds * 1000);
    });
    const answer = analyzer.evaluate(sql, tables);
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      if (error instanceof NoAnswer) {
        // The call fails with its engine.
        answer.catch(() => undefined);
        this.running = undefined;
        await analyzer.close();
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await (await this.running)?.close();
  }
}
