/** First parts of addresses that lead to pages and files of Comanda's own: a tenant's pages begin with its id. */
export const ownAddresses: readonly string[] = [
  "404", "admin", "assets", "customer", "driver", "healthz", "icons", "index", "kitchen", "metrics", "v1",
]; // prettier-ignore

/** What stands beneath every tenant's address, and so is no venue's. */
export const tenantAddresses: readonly string[] = ["orders"];

/** Pages of the customer's app; each has a built file of its own, the menu the app's. */
export const customerPages = ["venues", "menu", "checkout", "orders", "order", "receipt"] as const;
export type CustomerPage = (typeof customerPages)[number];
