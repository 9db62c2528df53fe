export { later, soon } from "../shared/later.tsx";
