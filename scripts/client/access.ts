import { existsSync } from "node:fs";
import { z } from "zod";
import { credentialsFile, readCredentials, type Credentials } from "../credentials.ts";

/** Where a Comanda is and who may speak to it; roles without a client are left out. */
export interface Access {
  readonly baseUrl: string;
  readonly tenant: string;
  readonly clients: Partial<Credentials["clients"]>;
}

export interface AccessOptions {
  readonly credentials?: string | undefined;
  readonly baseUrl?: string | undefined;
}

/** The credentials of a local start, or of a file of the same shape. Throws with words for the user. */
export function accessFrom({ credentials: file = credentialsFile, baseUrl }: AccessOptions): Access {
  if (!existsSync(file)) {
    throw new Error(
      `There is no ${file}. Start Comanda with \`npm start\` first, or name another file with --credentials.`,
    );
  }
  try {
    const credentials = readCredentials(file);
    return { ...credentials, baseUrl: baseUrl ?? credentials.baseUrl };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file} is not what \`npm start\` writes: ${why}`, { cause: error });
  }
}
