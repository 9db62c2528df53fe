import "../shared/strict.ts";
import { render } from "preact";
import { Kitchen } from "./kitchen.tsx";

const root = document.getElementById("app");
if (root !== null) render(<Kitchen />, root);
