import { run } from "./wrangler.ts";

const needed = 4096;

/**
 * A live object holds three files open for ten seconds, so 1,024 are used up by some thirty new orders a second; past
 * the limit orders fail and the runtime may die. Throws when even the raised limit is too low.
 */
export async function demandOpenFiles(): Promise<void> {
  const { output } = await run(["sh", "-c", "ulimit -Hn"]);
  const limit = output.trim();
  if (limit === "unlimited" || Number(limit) >= needed) return;
  // Root may raise it past the hard limit, as startService tries.
  const raised = await run(["sh", "-c", `ulimit -n ${needed}`]);
  if (raised.status === 0) return;
  throw new Error(
    `Only ${limit} files may be open at once; Comanda needs ${needed}. Raise the hard limit (as root: ulimit -n 65536, ` +
      `or nofile in /etc/security/limits.conf) and start again.`,
  );
}
