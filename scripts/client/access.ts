import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Credentials, credentialsFile } from "../credentials.ts";

const clients = Credentials.shape.clients.partial().required({ admin: true });

/** Where a Comanda is and who may speak to it: what a local start writes, or as much of it as somebody has. */
const Access = Credentials.partial({ operator: true }).extend({ clients });
export type Access = z.infer<typeof Access>;

/** Null where there is no such file. Throws with words for the user where it says something else. */
export function accessIn(file: string = credentialsFile): Access | null {
  if (!existsSync(file)) return null;
  try {
    return Access.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file} is not what \`npm start\` writes:\n${why}`, { cause: error });
  }
}
