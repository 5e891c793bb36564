import { type ColumnTable, finishTable, IdBuilder, NumberBuilder, TextBuilder } from './columns';

export interface OrderItem {
  readonly productId: string;
  readonly name: string;
  readonly category: string;
  readonly quantity: number;
  /** In hundredths of the order's currency. */
  readonly unitPrice: number;
}

/** One state of an order: a row of raw.orders; money in hundredths of its currency. */
export interface OrderRow {
  readonly orderId: string;
  readonly customerRef: string;
  readonly emailSha256: string;
  readonly phoneSha256: string | null;
  readonly orderedAt: number;
  readonly status: string;
  readonly revenue: number;
  readonly refund: number | null;
  readonly tax: number;
  readonly shipping: number;
  readonly currency: string;
  readonly items: readonly OrderItem[];
  readonly ingestedAt: number;
}

/** Collects raw.orders; the items stand in a table of their own until they are written. */
export class OrderTable {
  readonly #orders = {
    /** Joins the items to this state of the order. */
    order_row: new NumberBuilder(),
    order_id: new IdBuilder(),
    customer_ref: new TextBuilder(),
    email_sha256: new TextBuilder(),
    phone_sha256: new TextBuilder(),
    ordered_at: new NumberBuilder(),
    status: new TextBuilder(),
    revenue_amount: new NumberBuilder(2),
    refund_amount: new NumberBuilder(2),
    tax_amount: new NumberBuilder(2),
    shipping_amount: new NumberBuilder(2),
    currency_code: new TextBuilder(),
    ingested_at: new NumberBuilder(),
  };
  readonly #items = {
    order_row: new NumberBuilder(),
    item_row: new NumberBuilder(),
    product_id: new TextBuilder(),
    name: new TextBuilder(),
    category: new TextBuilder(),
    quantity: new NumberBuilder(),
    unit_price_amount: new NumberBuilder(2),
  };

  add(row: OrderRow): void {
    const orders = this.#orders;
    const orderRow = orders.order_row.length;
    orders.order_row.push(orderRow);
    orders.order_id.push(row.orderId);
    orders.customer_ref.push(row.customerRef);
    orders.email_sha256.push(row.emailSha256);
    orders.phone_sha256.push(row.phoneSha256);
    orders.ordered_at.push(row.orderedAt);
    orders.status.push(row.status);
    orders.revenue_amount.push(row.revenue);
    orders.refund_amount.push(row.refund);
    orders.tax_amount.push(row.tax);
    orders.shipping_amount.push(row.shipping);
    orders.currency_code.push(row.currency);
    orders.ingested_at.push(row.ingestedAt);
    row.items.forEach((item, index) => {
      this.#items.order_row.push(orderRow);
      this.#items.item_row.push(index);
      this.#items.product_id.push(item.productId);
      this.#items.name.push(item.name);
      this.#items.category.push(item.category);
      this.#items.quantity.push(item.quantity);
      this.#items.unit_price_amount.push(item.unitPrice);
    });
  }

  finish(): { orders: ColumnTable; orderItems: ColumnTable } {
    return { orders: finishTable(this.#orders), orderItems: finishTable(this.#items) };
  }
}
