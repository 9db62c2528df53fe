import "../shared/strict.ts";
import "../shared/styles/all.css";
import { render } from "preact";
import { Welcome } from "./welcome.tsx";

const root = document.getElementById("app");
if (root !== null) render(<Welcome />, root);
