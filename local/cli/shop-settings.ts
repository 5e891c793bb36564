import { join } from 'node:path';
import { UserError } from '@tributary/functions/shared/errors';
import { z } from 'zod';
import type { Project } from './project';

/** The part of includes/settings.js that the command line needs. */
const shopSettings = z.object({
  base_currency_code: z.string().length(3),
  conversion_types: z.array(z.object({ conversion_type: z.string().min(1) })),
});

export interface ShopSettings {
  readonly baseCurrency: string;
  readonly conversionTypes: readonly string[];
}

export function readShopSettings(project: Project): ShopSettings {
  const file = join(project.dir, 'includes', 'settings.js');
  const read = shopSettings.safeParse(require(file));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UserError(`${file}: ${issue?.path.join('.')}: ${issue?.message}; mend it there.`);
  }
  return {
    baseCurrency: read.data.base_currency_code,
    conversionTypes: read.data.conversion_types.map((type) => type.conversion_type),
  };
}
