import { type ColumnTable, finishTable, IdBuilder, NumberBuilder, TextBuilder } from './columns';

/** One state of a customer record: a row of raw.crm_customers. */
interface CrmRow {
  readonly customerRef: string;
  readonly userId: string | null;
  readonly emailSha256: string;
  readonly phoneSha256: string | null;
  readonly country: string;
  readonly createdAt: number;
  readonly ingestedAt: number;
}

/** Collects raw.crm_customers. */
export class CrmTable {
  readonly #builders = {
    customer_ref: new IdBuilder(),
    user_id: new IdBuilder(),
    email_sha256: new IdBuilder(),
    phone_sha256: new IdBuilder(),
    country_code: new TextBuilder(),
    created_at: new NumberBuilder(),
    ingested_at: new NumberBuilder(),
  };

  add(row: CrmRow): void {
    this.#builders.customer_ref.push(row.customerRef);
    this.#builders.user_id.push(row.userId);
    this.#builders.email_sha256.push(row.emailSha256);
    this.#builders.phone_sha256.push(row.phoneSha256);
    this.#builders.country_code.push(row.country);
    this.#builders.created_at.push(row.createdAt);
    this.#builders.ingested_at.push(row.ingestedAt);
  }

  finish(): ColumnTable {
    return finishTable(this.#builders);
  }
}
