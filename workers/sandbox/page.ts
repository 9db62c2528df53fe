import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { TenantId } from "../../contracts/ids.ts";
import { decimal } from "../../contracts/money.ts";
import { isRefusal } from "../../contracts/problem.ts";
import { refused } from "./answer.ts";
import type { SandboxEnv } from "./env.ts";
import { ownMachineOrSecret } from "./guard.ts";
import { valueOf } from "./request.ts";
import { Method } from "./payments/payment.ts";

const Search = z.object({ account: TenantId.default("demo") });

const routes = [
  ["POST /payments/authorisations", "authorise an amount on a test card"],
  ["POST /payments/{id}/capture, /void, /refund", "move it on"],
  ["GET /payments/{id}, /payments?reference=", "look it up"],
  ["GET /payments/ledger?after=&limit=", "every movement, numbered"],
  ["POST /carriers/{account}/{carrier}/quotes, /bookings, /withdrawals", "ask a carrier, such as bobs-post"],
  ["GET /carriers/{account}/{carrier}/ledger?after=&limit=", "every parcel's steps, numbered"],
  ["POST /carriers/{account}/{carrier}/parcels/{id}/shipped, /delivered, /lost", "move a parcel on by hand"],
  ["PUT /carriers/{account}/{carrier}/portal, /faults", "callbacks and pace; make it misbehave"],
  ["POST /mail", "send a mail"],
  ["GET, DELETE /mailbox?account=&to=", "read or empty the mailbox"],
  ["POST, DELETE /push/{account}/{browser}", "a browser's push endpoint; it is gone"],
  ["GET /push?account=&browser=", "the pushes that came, encrypted as they are"],
  ["GET, PUT, DELETE /faults", "make the payment, mail or push provider misbehave"],
] as const;

/** The page a person sees at `/`. The template escapes every value put into it. */
export const page = new Hono<{ Bindings: SandboxEnv }>();

page.get("/", ownMachineOrSecret, async (c) => {
  const search = valueOf(Search, c.req.query());
  if (isRefusal(search)) return refused(search);
  const { account } = search;
  const [movements, mails] = await Promise.all([
    c.env.LEDGER.getByName(account).newest(25),
    c.env.MAILBOX.getByName(account).mails(null, 25),
  ]);
  c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Comanda sandbox</title>
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            max-width: 60rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          th,
          td {
            text-align: left;
            vertical-align: top;
            padding: 0.25rem 0.75rem 0.25rem 0;
            border-bottom: 1px solid #ccc;
          }
          pre {
            white-space: pre-wrap;
            font: inherit;
            margin: 0;
          }
        </style>
        <h1>Comanda sandbox</h1>
        <p>
          The outside world for development and tests. No money moves and no mail leaves. Account: <b>${account}</b>
        </p>
        <table>
          ${routes.map(
            ([route, what]) =>
              html`<tr>
                <td><code>${route}</code></td>
                <td>${what}</td>
              </tr>`,
          )}
        </table>
        <p>Test cards: ${Method.options.map((method) => html`<code>${method}</code> `)}</p>
        <h2>Newest payments</h2>
        <table>
          <tr>
            <th>#</th>
            <th>At</th>
            <th>What</th>
            <th>Amount</th>
            <th>Reference</th>
            <th>Payment</th>
          </tr>
          ${movements.map(
            (entry) =>
              html`<tr>
                <td>${entry.number}</td>
                <td>${entry.at}</td>
                <td>${entry.kind}</td>
                <td>${decimal(entry.amount, entry.currency)} ${entry.currency}</td>
                <td>${entry.reference}</td>
                <td>${entry.payment}</td>
              </tr>`,
          )}
        </table>
        <h2>Newest mails</h2>
        <table>
          <tr>
            <th>At</th>
            <th>To</th>
            <th>Mail</th>
          </tr>
          ${mails.map(
            (mail) =>
              html`<tr>
                <td>${mail.at}</td>
                <td>${mail.to}</td>
                <td>
                  <b>${mail.subject}</b>
                  <pre>${mail.text}</pre>
                </td>
              </tr>`,
          )}
        </table>
      </html>`,
  );
});
