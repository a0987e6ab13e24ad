import { RequestId } from "../../preload/contract/ids.ts";
import type { BlockedWord } from "../../preload/contract/moderation.ts";
import { succeed, type Result } from "../../preload/contract/result.ts";
import type { ChatPort } from "./chat-port.ts";
import { importParts } from "./word-list-file.ts";

/** The room lets somebody do ten things a second. */
const pauseMs = 150;

/** Brings words into the room's list, part by part; `onProgress` gets how many have been sent. Ends at the first refusal. */
export const sendWordList = async (
  { ask, createId }: Pick<ChatPort, "ask" | "createId">,
  words: readonly BlockedWord[],
  onProgress: (sent: number) => void,
): Promise<Result<null>> => {
  let sent = 0;
  for (const part of importParts(words)) {
    if (sent > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const requestId = RequestId.parse(createId());
    const answer = await ask("importBlockedWords", { requestId, ...part });
    if (!answer.ok && answer.error.code !== "moderation.already_so") return answer;
    sent += part.words.length;
    onProgress(sent);
  }
  return succeed(null);
};

/** All words of the room's list, in its order. */
export const readWordList = async ({
  ask,
}: Pick<ChatPort, "ask">): Promise<Result<readonly BlockedWord[]>> => {
  const words: BlockedWord[] = [];
  for (;;) {
    const answer = await ask("getBlockedWords", {
      after: words.at(-1)?.word ?? null,
      limit: 1_000,
      severity: null,
    });
    if (!answer.ok) return answer;
    words.push(...answer.value.words);
    if (answer.value.words.length === 0) return succeed(words);
  }
};
