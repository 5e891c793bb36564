import type { EventEmitter } from 'node:events';

/**
 * Lets each listener of 'message' be added once. The compile worker of dataform 3.0.69 adds its
 * listener twice: it compiles the project, and its answer waits until it has compiled it again
 * (3 s), because a message longer than a pipe leaves only between two pieces of work.
 */
export function answerOnce(emitter: EventEmitter): void {
  const texts = new Set<string>();
  const on = emitter.on;
  emitter.on = function addOnce(this: EventEmitter, event, listener) {
    if (event !== 'message') return on.call(this, event, listener);
    const text = String(listener);
    if (texts.has(text)) return this;
    texts.add(text);
    return on.call(this, event, listener);
  };
}
