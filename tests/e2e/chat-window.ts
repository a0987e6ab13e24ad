import type { Page } from "playwright-core";
import { type StudioApp, waitFor } from "./studio-app.ts";

/** Opens the chat window by its button in the studio. */
export const openChatWindow = async (studio: StudioApp): Promise<Page> => {
  await studio.page.getByRole("button", { name: "在独立窗口打开聊天" }).click();
  const chat = await waitFor("the chat window", () =>
    studio.page
      .context()
      .pages()
      .find((page) => page.url().includes("chat.html")),
  );
  await chat.getByRole("textbox", { name: /以.+身份发言/ }).waitFor();
  return chat;
};
