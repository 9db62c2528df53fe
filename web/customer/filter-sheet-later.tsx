import { soon } from "../shared/later.tsx";

export const FilterSheet = soon(async () => (await import("./filter-sheet.tsx")).FilterSheet);
