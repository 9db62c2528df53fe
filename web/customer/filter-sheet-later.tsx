import { soon } from "./later.tsx";

export const FilterSheet = soon(async () => (await import("./filter-sheet.tsx")).FilterSheet);
