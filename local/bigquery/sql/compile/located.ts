import { UnsupportedError } from '../errors';
import type { Location } from '../resolved-ast/expressions';

/** Runs, and gives a refusal that does not know its place the place of this node. */
export function located<Result>(node: { readonly location?: Location }, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnsupportedError && !error.location && node.location) {
      throw error.at(node.location);
    }
    throw error;
  }
}
