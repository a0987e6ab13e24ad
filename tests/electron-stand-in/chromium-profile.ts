import { existsSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { getPath } from "./paths.ts";

const lastBrowserEndsWithinMs = 10_000;

/** What a browser offers its user and Electron does not: chrome/common/pref_names.h */
const preferences = {
  translate: { enabled: false },
  credentials_enable_service: false,
  autofill: { profile_enabled: false, credit_card_enabled: false },
};

export function profile(): string {
  return join(getPath("userData"), "Chromium-profile");
}

/** After SIGKILL of the main process its Chromium needs a moment to end; until then the profile is its own. */
async function profileIsFree(): Promise<void> {
  const deadline = Date.now() + lastBrowserEndsWithinMs;
  while (Date.now() < deadline) {
    let holder: string;
    try {
      // A link to "<host name>-<process id>".
      holder = readlinkSync(join(profile(), "SingletonLock"));
    } catch {
      return;
    }
    if (!existsSync(`/proc/${holder.split("-").at(-1)}`)) return;
    await delay(20);
  }
}

export async function prepareProfile(): Promise<void> {
  const file = join(profile(), "Default", "Preferences");
  if (!existsSync(file)) {
    mkdirSync(join(profile(), "Default"), { recursive: true });
    writeFileSync(file, JSON.stringify(preferences));
  }
  await profileIsFree();
}

/** Removes what Chromium keeps there only while it runs. */
export function tidyProfile(): void {
  for (const name of ["SingletonLock", "SingletonCookie", "SingletonSocket"]) {
    rmSync(join(profile(), name), { force: true });
  }
}
