/** The present moment, injected so that tests and the demo shop decide what time it is. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
