import "../shared/strict.ts";
import { render } from "preact";
import { Driver } from "./driver.tsx";

const root = document.getElementById("app");
if (root !== null) render(<Driver />, root);
