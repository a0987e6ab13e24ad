import { describe, expect, it } from "vitest";
import { ChatText, Nickname } from "../../../preload/contract/chat.ts";

describe("a nickname", () => {
  it("is trimmed and keeps Chinese, Latin and emoji", () => {
    expect(Nickname.parse("  小明 Tom🎉 ")).toBe("小明 Tom🎉");
  });

  it("has no invisible characters and 2 to 20 characters", () => {
    for (const bad of ["a", " a ", "ab\u200bcd", "ab\ncd", "ab\u202ecd", "x".repeat(21)])
      expect(Nickname.safeParse(bad).success).toBe(false);
  });
});

describe("a chat text", () => {
  it("is one line of 1 to 200 characters", () => {
    expect(ChatText.parse(" 你好\n世界 ")).toBe("你好 世界");
    expect(ChatText.safeParse("   ").success).toBe(false);
    expect(ChatText.safeParse("x".repeat(201)).success).toBe(false);
  });
});
