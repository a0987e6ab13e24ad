import { z } from "zod";
import type { StudioApp } from "./studio-app.ts";

const Invitations = z.object({
  ok: z.literal(true),
  value: z.object({
    invitations: z.array(z.object({ state: z.string(), link: z.string().nullable() })),
  }),
});

/** Invites by the studio's settings, which stay open; answers the link. */
export const inviteModerator = async ({ page }: StudioApp, name: string): Promise<string> => {
  const form = page.getByTestId("moderators");
  if ((await form.count()) === 0)
    await page.getByRole("button", { name: "设置", exact: true }).click();
  await form.getByLabel("邀请谁（昵称）").fill(name);
  await form.getByRole("button", { name: "邀请", exact: true }).click();
  await form.getByText(name).waitFor();
  const answer = await page.evaluate(() => window.studioBridge.request("room.getInvitations", {}));
  const { invitations } = Invitations.parse(answer).value;
  return invitations.find(({ state }) => state === "open")?.link ?? "";
};
