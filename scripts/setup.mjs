// Runs a script of ours on a bare machine: plain JavaScript, because it must start under Node 20, before anything is
// installed. `node scripts/setup.mjs scripts/start.ts …` installs what is missing and goes on under the project's own
// Node, which runs TypeScript as it is.
import { spawn, spawnSync } from "node:child_process";
import { createECDH, createHash, randomBytes } from "node:crypto";
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules/.bin");
const node = join(bin, "node");

if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Comanda needs Node 20 or newer to begin; this is ${process.version}.`);
  process.exit(1);
}

install();
writeSecrets();
const [script, ...args] = process.argv.slice(2);
if (script) run(script, args);

/** Installs the locked packages unless the installed ones are of this very lockfile. */
function install() {
  const lockfile = join(root, "package-lock.json");
  const stamp = join(root, "node_modules/.comanda-lock");
  const wanted = createHash("sha256").update(readFileSync(lockfile)).digest("hex");
  const stamped = existsSync(stamp) ? readFileSync(stamp, "utf8") : installedByHand(lockfile) ? wanted : "";
  if (stamped === wanted && existsSync(node)) {
    if (!existsSync(stamp)) writeFileSync(stamp, wanted);
    return;
  }
  if (lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm would empty the folder it leads to, which belongs to another tree.
    console.error("node_modules is a link to packages of another lockfile. Remove the link and start again.");
    process.exit(1);
  }
  console.log("Installing packages (npm ci) …");
  if (!npm("ci")) {
    // A registry that carries only some of the optional platform packages makes `npm ci` refuse the lockfile;
    // `npm install` keeps to the same versions and passes over what this platform does not need.
    console.log("npm ci refused; trying npm install with the same lockfile …");
    if (!npm("install", "--no-save")) {
      console.error("Installing the packages failed; npm's own words are above.");
      process.exit(1);
    }
  }
  writeFileSync(stamp, wanted);
}

function installedByHand(lockfile) {
  const installed = join(root, "node_modules/.package-lock.json");
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs;
}

function npm(...args) {
  // Not through node_modules/.bin, whose `node` the installation removes under its own feet.
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => resolve(folder) !== bin);
  const env = { ...process.env, PATH: path.join(delimiter) };
  return spawnSync("npm", [...args, "--loglevel=error"], { cwd: root, env, stdio: "inherit" }).status === 0;
}

/** Adds the secrets that are missing; those that stand there stay, because stored keys depend on them. */
function writeSecrets() {
  const secret = () => randomBytes(32).toString("base64url");
  const own = secretsIn(".dev.vars");
  const missing = {
    KEY_ENCRYPTION_SECRET: secret(),
    PAYMENT_SECRET: secret(),
    OPERATOR_ID: "operator",
    OPERATOR_SECRET: secret(),
    ...vapidKeys(),
  };
  const ours = { ...missing, ...own };
  if (Object.keys(missing).some((name) => !own[name])) writeVars(".dev.vars", ours);
  share("workers/sandbox/.dev.vars", "PAYMENT_SECRET", ours.PAYMENT_SECRET);
  share("workers/delivery/.dev.vars", "KEY_ENCRYPTION_SECRET", ours.KEY_ENCRYPTION_SECRET);
}

/** Whom a push service knows the installation by: one half is of no use without the other. */
function vapidKeys() {
  const own = secretsIn(".dev.vars");
  if (own.VAPID_PUBLIC_KEY && own.VAPID_PRIVATE_KEY) return {};
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  const own32 = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32);
  return { VAPID_PUBLIC_KEY: pair.getPublicKey("base64url"), VAPID_PRIVATE_KEY: own32.toString("base64url") };
}

function share(path, name, secret) {
  if (secretsIn(path)[name] !== secret) writeVars(path, { [name]: secret });
}

function secretsIn(path) {
  const file = join(root, path);
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, "utf8").split("\n");
  const pairs = lines.map((line) => /^(\w+)="?(.*?)"?$/.exec(line)).filter(Boolean);
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]).filter(([, value]) => value));
}

function writeVars(path, vars) {
  const lines = Object.entries(vars).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(root, path), lines.join(""), { mode: 0o600 });
}

/** Goes on under the project's Node; passes signals on, and ends as the script ends. */
function run(script, args) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, script), ...args], {
    env,
    stdio: "inherit",
  });
  // Ctrl-C reaches the child from the terminal as well; this process only has to outlive it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  // Killed outright, npm passes nothing on: its death is then the word to stop.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event)
    setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 1_000).unref();
  child.on("error", (error) => {
    console.error(`Cannot run ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
