import { z } from 'zod';
import { UserError } from '../shared/errors';
import { KINDS } from './kinds';

/** A pair's rules are the bits of a whole number, which a FLOAT64 must hold too. */
const MOST_RULES = 50;

/** The file that `tributary match --settings` reads. Every field has a default. */
const settingsSchema = z.strictObject({
  /** Column of the record's id; records are numbered from 1 where there is none. */
  id: z.string().min(1).optional(),
  /** Column -> kind. Without it kinds are told from the columns' names. */
  columns: z.record(z.string().min(1), z.enum(KINDS)).optional(),
  /** Country of phones without a calling code or a country of their own: ISO code of two letters. */
  default_country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be an ISO code of two letters, such as "DE"')
    .transform((code) => code.toUpperCase())
    .optional(),
  /** Rules such as "surname + date_of_birth:4"; without them they follow from the kinds. */
  blocking: z.array(z.string().min(1)).min(1).max(MOST_RULES).optional(),
  /** Two files: also pairs within a file ("all"), or only across ("between_files"). */
  compare: z.enum(['all', 'between_files']).default('all'),
  /** Probability from which records are one person. */
  threshold: z.number().gt(0).lt(1).default(0.5),
  /** Pairs below this probability are not written to --pairs. */
  pairs_threshold: z.number().gt(0).lt(1).default(0.01),
  /** How much a value's rarity counts: 0 not at all, 1 as much as it says where strangers share it by chance. */
  term_frequency: z.number().min(0).max(1).default(1),
  /** Larger blocks are skipped and reported: what so many records share is no evidence. */
  max_block_records: z.int().min(2).max(100_000).default(1000),
  /** More candidate pairs than this are refused before they are made. */
  max_pairs: z.int().min(1).max(2_000_000_000).default(50_000_000),
});

export type MatchSettings = z.infer<typeof settingsSchema>;

/**
 * @param value what the settings file holds, parsed
 * @param file its name, for messages
 * @throws UserError that names the field and what it may hold
 */
export function parseMatchSettings(value: unknown, file: string): MatchSettings {
  const read = settingsSchema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const place = issue?.path.length ? `"${issue.path.join('.')}"` : 'the settings';
  throw new UserError(
    `${file}: ${place}: ${issue?.message ?? 'not as expected'}; see \`tributary match --help\` for the fields.`,
  );
}
