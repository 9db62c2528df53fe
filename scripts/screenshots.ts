import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Access, accessIn } from "./client/access.ts";
import { root } from "./project.ts";
import { localOperator, localSecrets } from "./secrets.ts";
import { albumOf } from "./screenshots/album.ts";
import { Camera, type Exposure } from "./screenshots/camera.ts";
import { Scene } from "./screenshots/scene.ts";
import { screens } from "./screenshots/screens.ts";
import { seed } from "./seed.ts";
import { startStack } from "./stack.ts";
import { askedOf } from "./usage.ts";
import { buildWeb } from "./wrangler.ts";

const usage = `npm run screenshots [-- options]
  --only TEXT          screens whose names have this in them; those before them are prepared all the same
  --contrast           as who asks for more contrast sees them
  --rtl                as they are read from right to left
  --out FOLDER         default screenshots/
  --url URL            a Comanda that runs already, instead of one of its own
  --credentials FILE   who may speak to it, as \`npm start\` writes it (default .dev/credentials.json)`;

const asked = askedOf(usage, {
  only: { type: "string", default: "" },
  contrast: { type: "boolean", default: false },
  rtl: { type: "boolean", default: false },
  out: { type: "string", default: join(root, "screenshots") },
  url: { type: "string" },
  credentials: { type: "string" },
});

if (asked) await main(asked).catch(giveUp);

type Asked = NonNullable<typeof asked>;

async function main(options: Asked): Promise<void> {
  const { only, out, contrast, rtl } = options;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const world = await worldFor(options);
  const camera = await Camera.open(out, { contrast, rtl });
  const scene = new Scene(world.access);
  const exposures = new Map<string, Exposure>();
  try {
    for (const screen of screens) {
      if (!screen.name.includes(only)) {
        await screen.before?.(scene).catch(() => undefined);
        continue;
      }
      const exposure = await camera.take(screen, scene);
      exposures.set(screen.name, exposure);
      console.log([screen.name, ...exposure.faults].join("\n    "));
    }
  } finally {
    scene.close();
    await camera.close();
    await world.stop();
  }
  const album = join(out, "index.html");
  writeFileSync(album, albumOf(exposures));
  const wrong = [...exposures.values()].filter(({ faults }) => faults.length > 0).length;
  console.log(`${exposures.size} screens, ${wrong} with faults: ${album}`);
  if (wrong > 0) process.exitCode = 1;
}

/** A Comanda to look at: the one that was named, or one of our own, gone afterwards. */
async function worldFor({ url, credentials }: Asked): Promise<{ access: Access; stop(): Promise<void> }> {
  if (url !== undefined || credentials !== undefined) {
    const access = accessIn(credentials);
    if (access === null) throw new Error("There are no credentials: npm start writes some, or name a file.");
    return { access: { ...access, baseUrl: url ?? access.baseUrl }, stop: () => Promise.resolve() };
  }
  await buildWeb();
  const stateDir = mkdtempSync(join(tmpdir(), "comanda-screenshots-"));
  const stack = await startStack({ stateDir, quiet: true });
  const stop = async (): Promise<void> => {
    await stack.stop();
    rmSync(stateDir, { recursive: true, force: true });
  };
  try {
    const { baseUrl, sandboxUrl } = stack;
    const post = { sandboxUrl, secret: localSecrets().PAYMENT_SECRET };
    return { access: await seed({ baseUrl, operator: localOperator(), stateDir, log: () => undefined, post }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function giveUp(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
