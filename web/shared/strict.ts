import { config } from "zod";

// First import of every page: without it zod tries `new Function`, which the Content-Security-Policy refuses and reports.
config({ jitless: true });
