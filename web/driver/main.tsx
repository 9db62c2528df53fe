import "../shared/strict.ts";
import { render } from "preact";
import { followSheets } from "../shared/sheet-entry.ts";
import { Driver } from "./driver.tsx";

followSheets();
const root = document.getElementById("app");
if (root !== null) render(<Driver />, root);
