import { describe, expect, test } from "vitest";
import { DeepLinks, findDeepLink } from "../../main/deep-links.ts";

describe("a link in the command line", () => {
  const link = "anchor-studio://join?link=x";
  test.each([
    [["app", link], link],
    [["app", "--flag", link, "--allow-file-access-from-files"], link],
    [["app", "ANCHOR-STUDIO://join"], "ANCHOR-STUDIO://join"],
    [["app", "--lang=anchor-studio://join", "https://example.com/anchor-studio:"], undefined],
    [[], undefined],
  ])("of %j is %s", (argv, found) => expect(findDeepLink(argv)).toBe(found));
});

describe("DeepLinks", () => {
  test("keeps the newest link until someone listens, and hands it over once", () => {
    const links = new DeepLinks();
    const heard: string[] = [];
    links.open("first");
    links.open("second");
    links.open(undefined);
    links.listen((link) => heard.push(link));
    expect(heard).toEqual(["second"]);
    links.open("third");
    expect(heard).toEqual(["second", "third"]);
  });
});
