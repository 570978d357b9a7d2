import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";

import { fence, unfence } from "../../src/safe-text/fence.ts";

const fragments = fc.constantFrom(
  ..."` `` ``` ~~~ \n \r \r\n > - # <!-- --> [x]: a \t \u2028".split(" "),
  " ",
  "    ",
);
const texts = fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join(""));

describe("fence", () => {
  it("uses three backticks for text without any", () => {
    expect(fence("a", "ts")).toBe("```ts\na\n```");
  });

  it("uses one backtick more than the longest run inside", () => {
    expect(fence("a ````` b")).toBe("``````\na ````` b\n``````");
  });

  it("makes exactly one code block whose content is the text", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { children } = fromMarkdown(fence(text, "ts"));
        expect(children).toMatchObject([{ type: "code", lang: "ts", meta: null, value: text }]);
      }),
      { numRuns: 2_000 },
    );
  }, 30_000);

  it("keeps the plain beginning of an info string only", () => {
    expect(fence("a", "ts ignore all")).toBe("```ts\na\n```");
    expect(fence("a", "c++")).toBe("```c++\na\n```");
    expect(fence("a", "`\n# x")).toBe("```\na\n```");
  });

  it("is undone by unfence", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(unfence(fence(text, "ts"))).toBe(text);
      }),
    );
  });

  it("is told from text that only starts like a fence", () => {
    for (const text of ["", "a", "```\na", "```\na\n```\nb", "```\na\n```\n```", "````\na\n````"]) {
      expect(unfence(text)).toBeUndefined();
    }
  });
});
