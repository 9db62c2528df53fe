import type { Page } from "playwright-core";

export const bread = "Bread, olives and sheep’s butter";

/** Puts a dish into the order, as it is suggested. */
export async function choose(phone: Page, dish: string): Promise<void> {
  await phone.getByRole("button", { name: dish }).click();
  await phone.getByRole("button", { name: /^Add · / }).click();
}

export async function toCheckout(phone: Page): Promise<void> {
  await phone.getByRole("button", { name: /^View order/ }).click();
  await phone.getByRole("button", { name: "To checkout" }).click();
  await phone.getByLabel("Name").fill("Ada Lovelace");
}

export async function forDelivery(phone: Page): Promise<void> {
  await phone.getByText("Delivery", { exact: true }).first().click();
  await phone.getByLabel("Phone").fill("+49 (30) 123-45600");
  await phone.getByLabel("Street and number").fill("Schönhauser Allee 1");
  await phone.getByLabel("Town").fill("Berlin");
}

/** Orders, and gives back the code that is called out. */
export async function place(phone: Page): Promise<string> {
  await phone.getByRole("button", { name: /^Order / }).click();
  return codeOf(phone);
}

export async function codeOf(phone: Page): Promise<string> {
  return (await phone.locator(".order-code .mono").textContent()) ?? "";
}

/** Waits until the order's page says so. */
export async function told(phone: Page, words: string | RegExp): Promise<void> {
  await phone.getByRole("heading", { level: 1, name: words }).waitFor();
}
