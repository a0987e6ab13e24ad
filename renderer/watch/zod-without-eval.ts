import { z } from "zod";

// Imported before every module with schemas: zod would try to compile them by eval, which the page's policy forbids.
z.config({ jitless: true });
