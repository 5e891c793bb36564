/** A local BigQuery in a process of its own: its memory is nobody else's. Speaks with its parent. */
import { startLocalBigQuery } from '@tributary/local/bigquery/server';

async function main([warehouseDir, defaultProject, megabytes]: readonly string[]): Promise<void> {
  if (!warehouseDir || !defaultProject) throw new Error('needs a folder and a project');
  const memoryLimitMegabytes = Number(megabytes);
  const server = await startLocalBigQuery({ warehouseDir, defaultProject, memoryLimitMegabytes });
  process.once('message', () => {
    void server.close().then(() => process.exit(0));
  });
  // A benchmark that is killed takes its server along.
  process.once('disconnect', () => process.exit(1));
  process.send?.(server.url);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
