import "../shared/strict.ts";
import "../shared/styles/all.css";
import "./customer.css";
import { render } from "preact";
import { Customer } from "./customer.tsx";
import { followLinks } from "./place.ts";

followLinks();
const root = document.getElementById("app");
if (root !== null) render(<Customer />, root);
