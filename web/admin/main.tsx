import "../shared/strict.ts";
import { followSheets } from "../shared/sheet-entry.ts";
import { render } from "preact";
import { Admin } from "./admin.tsx";
import { keepFocus } from "./keep-focus.ts";

followSheets();
keepFocus();
const root = document.getElementById("app");
if (root !== null) render(<Admin />, root);
