import type { CompiledGraph } from '../bigquery/testing/compiled-graph';
import { type Problem, placeAt } from './problem';
import type { SourceFile } from './sqlx/source-file';

/**
 * What Dataform could not compile. A ref() to nothing it tells twice, once of its own index.js:
 * here it is told where it is written.
 */
export function compileProblems(
  { graphErrors }: CompiledGraph,
  files: ReadonlyMap<string, SourceFile>,
): Problem[] {
  const rule = 'compiles';
  const missing = new Set<string>();
  const problems = graphErrors.compilationErrors.map(({ message, fileName }): Problem => {
    const [sentence = ''] = message.split('\n');
    const file = fileName ?? 'definitions';
    const name = missingName(sentence);
    if (name === undefined || !files.has(file)) {
      return { rule, file, message: `${sentence}; mend it, the rest of the file is not checked` };
    }
    missing.add(name);
    const text = files.get(file)?.text ?? '';
    const at = Math.max(0, text.search(new RegExp(`["'\`]${escaped(name)}["'\`]`)));
    const place = placeAt(text, at);
    const words = `nothing makes or declares ${name}; declare it (type: "declaration"), or mend its name`;
    return { rule, file, ...place, message: words };
  });

  return problems.filter(({ file, message }) => {
    const name = /^Could not resolve "([^"]+)"/.exec(message)?.[1];
    return files.has(file) || name === undefined || !missing.has(name);
  });
}

/** The name in 'Missing dependency detected: Action "a" depends on "{"name":"b",...}" which ...'. */
function missingName(sentence: string): string | undefined {
  return /^Missing dependency detected: .*"name":"([^"]+)"/.exec(sentence)?.[1];
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
