/** The words of a text: pools of values that hold no space read best as one. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);
