import { z } from "zod";

// The CSP forbids eval, which zod tries when a schema is made: this module is imported before any that makes one.
z.config({ jitless: true });
