import { join } from 'node:path';
import type { Accounts } from '@tributary/functions/activation/platforms';
import { messageOf, UserError } from '@tributary/functions/shared/errors';
import { z } from 'zod';
import type { Project } from './project';

/** The part of includes/settings.js that the command line needs. */
const shopSettings = z.object({
  base_currency_code: z.string().length(3),
  reporting_time_zone: z.string().min(1),
  conversion_types: z.array(
    z.object({ conversion_type: z.string().min(1), source: z.enum(['event', 'order', 'import']) }),
  ),
  activation: z.object({
    google_ads: z.object({ customer_id: z.string() }),
    meta: z.object({ pixel_id: z.string() }),
  }),
});

export interface ShopSettings {
  readonly baseCurrency: string;
  /** IANA name; report dates are its days. */
  readonly timeZone: string;
  readonly conversionTypes: readonly string[];
  /** The conversion types that imported journeys may have; others come from events and orders. */
  readonly importedConversionTypes: readonly string[];
  /** Accounts on the ad platforms; left out where the setting is empty. */
  readonly accounts: Accounts;
}

export function readShopSettings(project: Project): ShopSettings {
  const file = join(project.dir, 'includes', 'settings.js');
  const read = shopSettings.safeParse(requireSettings(file));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UserError(`${file}: ${issue?.path.join('.')}: ${issue?.message}; mend it there.`);
  }
  const { base_currency_code, conversion_types, activation } = read.data;
  const googleAdsCustomerId = activation.google_ads.customer_id;
  const metaPixelId = activation.meta.pixel_id;
  return {
    baseCurrency: base_currency_code,
    timeZone: read.data.reporting_time_zone,
    conversionTypes: conversion_types.map((type) => type.conversion_type),
    importedConversionTypes: conversion_types
      .filter((type) => type.source === 'import')
      .map((type) => type.conversion_type),
    accounts: {
      ...(googleAdsCustomerId ? { googleAdsCustomerId } : {}),
      ...(metaPixelId ? { metaPixelId } : {}),
    },
  };
}

/** A slip in the file is the editor's to mend, not a defect to report. */
function requireSettings(file: string): unknown {
  try {
    return require(file);
  } catch (error) {
    throw new UserError(`${file} can't be read: ${messageOf(error)}; mend it there.`);
  }
}
