import type { Credentials } from "./credentials.ts";

/** Where each role begins in a Comanda with the demo venues; the admin's link brings along what signs in. */
export function links({ baseUrl, tenant, clients }: Omit<Credentials, "operator">) {
  const { id, secret } = clients.admin;
  return {
    everything: `${baseUrl}/?tenant=${tenant}`,
    customer: `${baseUrl}/${tenant}/demo-1`,
    kitchen: `${baseUrl}/kitchen?tenant=${tenant}`,
    driver: `${baseUrl}/driver?tenant=${tenant}`,
    admin: `${baseUrl}/admin#${new URLSearchParams({ id, secret }).toString()}`,
  };
}
