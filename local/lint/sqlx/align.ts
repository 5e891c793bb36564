import type { Piece, Template } from './split';

/** Where a piece of the source stands in the compiled text. */
export interface AlignedPiece extends Piece {
  /** Offset in the compiled text; the piece ends where the next one begins. */
  readonly at: number;
}

/**
 * Finds the pieces of a template in the text that Dataform made of it: text stands as it is
 * written, placeholders may have become anything. Undefined where the text is not the template's.
 */
export function alignTemplate(
  source: string,
  template: Template,
  compiled: string,
): readonly AlignedPiece[] | undefined {
  const texts = template.map((piece) =>
    piece.kind === 'text' ? source.slice(piece.start, piece.end) : undefined,
  );
  const failed = new Set<number>();

  /** The offsets of the pieces from `index` on, if the first of them begins at `at`. */
  const place = (index: number, at: number): readonly number[] | undefined => {
    if (index === texts.length) return compiled.slice(at).trim() === '' ? [] : undefined;
    const key = index * (compiled.length + 1) + at;
    if (failed.has(key)) return undefined;
    for (const end of endings(texts, index, at, compiled)) {
      const rest = place(index + 1, end);
      if (rest) return [at, ...rest];
    }
    failed.add(key);
    return undefined;
  };

  const offsets = place(0, 0);
  return offsets && template.map((piece, i) => ({ ...piece, at: offsets[i] as number }));
}

/** Where a piece that begins at `at` may end; a placeholder ends where the next text begins. */
function* endings(
  texts: readonly (string | undefined)[],
  index: number,
  at: number,
  compiled: string,
): Generator<number> {
  const text = texts[index];
  if (text !== undefined) {
    if (compiled.startsWith(text, at)) yield at + text.length;
    else if (index === texts.length - 1 && text.trimEnd() === compiled.slice(at).trimEnd())
      yield compiled.length;
    return;
  }
  const next = texts[index + 1];
  if (next === undefined) {
    yield index === texts.length - 1 ? compiled.length : at;
    return;
  }
  for (let end = compiled.indexOf(next, at); end >= 0; end = compiled.indexOf(next, end + 1)) {
    yield end;
  }
}
