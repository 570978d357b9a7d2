/** A harmless review comment. */
export interface OrdinaryCase {
  readonly name: string;
  readonly input: string;
  /** What comes out, where markup gives way to its text; the input itself unless told. */
  readonly expected?: string;
}

const SNIPPETS: Readonly<Record<string, string>> = {
  "a generic type": "const users: Promise<Map<string, User>> = load<User>(ids);",
  "a React component": '<Button onClick={() => save(id)} className="wide">\n  Save\n</Button>',
  "a JSX fragment":
    "<>\n  <Header />\n  {items.map((item) => <Row key={item.id} {...item} />)}\n</>",
  "an HTML page": "<!DOCTYPE html>\n<html>\n<!-- header -->\n<body hidden>x</body>\n</html>",
  "a script tag": '<script src="https://cdn.example/x.js?v=1"></script>',
  "a Vue template": '<template>\n  <div v-if="a < b">{{ x }}</div>\n</template>',
  "a C++ template": "std::vector<std::pair<int, T*>> v; if (a<b && c>d) x >>= 2;",
  "a C include": "#include <stdio.h>\n#define MAX(a, b) ((a) > (b) ? (a) : (b))",
  "Rust lifetimes": "impl<'a, T: Into<String>> Foo<'a> for Vec<&'a T> {}",
  "Go channels": "for v := range ch { out <- v }\nx := <-done",
  "a shell redirect": 'sort < in.txt > out.txt 2>&1 <<< "$x" && cat <<EOF\n<n>\nEOF',
  "a Python docstring":
    '"""Return x.\n\n    >>> f(1)  # <int>\n"""\n@dataclass\nclass A(B[T]): ...',
  "a Haskell operator": "f <$> a <*> b >>= \\x -> pure (x <> y)",
  "a Scala bound": "def f[A <: B, C >: D](x: A => C): Option[A] = ???",
  "an SQL comparison": "SELECT * FROM t WHERE a <> b AND c <= 3 -- not <null>",
  "a LaTeX formula": "\\frac{a}{b} < \\sum_{i=0}^{n} x_i & y \\\\",
  "a Markdown sample": '# Title\n\n[text](https://example.com "title") ![img](x.png)\n\n[x]: y',
  "HTML entities": "&lt;b&gt; &amp;amp; &#x200B; &ZeroWidthSpace; &nbsp;",
  "a regular expression": "/^(?<year>\\d{4})-(?:[<>]|\\]\\()+$/gu",
  "a diff": "@@ -1,3 +1,3 @@\n-const a: Foo<Bar> = 1;\n+const a: Foo<Baz> = 2;\n context",
  "YAML with an anchor": "base: &base\n  <<: *defaults\n  run: echo '<!-- x -->'",
  "an XML element": '<?xml version="1.0"?>\n<![CDATA[ x ]]>\n<ns:item id="1"/>',
  "PHP tags": "<?php echo $a <=> $b; ?>",
  "Windows paths": "C:\\Users\\<name>\\AppData \\\\server\\share",
  assembly: "mov eax, [ebx+4*ecx] ; <loop>",
  "an emoji in code": 'const flag = "👩🏽‍💻❤️‍🔥🇩🇪1️⃣";',
  "Persian in code": 'const label = "می‌خواهم";',
  "Hindi in code": 'const label = "क्‍ष श्री";',
  "Japanese in code": "const 名前 = '葛󠄀城市';",
};

const FRAMES: Readonly<Record<string, (code: string) => string>> = {
  "a fence": (code) => `Try this:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nWhat do you think?`,
  "a suggestion": (code) => `\`\`\`suggestion\n${code}\n\`\`\``,
  "a tilde fence": (code) => `~~~\n${code}\n~~~\n`,
  "an indented block": (code) => `As in:\n\n${indent(code, "    ")}\n\nDone.`,
  "a fence in a list": (code) => `1. First\n\n${indent(`\`\`\`\n${code}\n\`\`\``, "   ")}\n2. Then`,
  "a fence in a quote": (code) => `${indent(`\`\`\`diff\n${code}\n\`\`\``, "> ")}\n\nAgreed.`,
  "a span": (code) => `Why not \`\` ${code.replaceAll("\n", " ")} \`\` here?`,
  "a fence with carriage returns": (code) =>
    `Use:\r\n\r\n\`\`\`\r\n${code.replaceAll("\n", "\r\n")}\r\n\`\`\`\r\n`,
};

function indent(text: string, prefix: string): string {
  return text.replace(/^/gm, prefix);
}

const SENTENCES: Readonly<Record<string, string>> = {
  English: "Could you rename this variable? It shadows the outer one.",
  German: "Bitte prüfe, ob die Größe größer als null ist – sonst läuft es über.",
  French: "Ça marche ; peux-tu ajouter un test « vide » ?",
  Spanish: "¿Por qué no usamos la función que ya existe?",
  Portuguese: "Isso não está certo: a condição é sempre verdadeira.",
  Polish: "Czy możemy to uprościć? Zażółć gęślą jaźń.",
  Czech: "Příliš žluťoučký kůň úpěl ďábelské ódy.",
  Turkish: "Değişkenin adı çok kısa, İ ve ı harflerine dikkat.",
  Vietnamese: "Chỗ này nên kiểm tra giá trị rỗng trước.",
  Russian: "Здесь нужен тест на пустой список.",
  Ukrainian: "Чи можна це спростити? Ґанок, їжак.",
  Greek: "Γιατί δεν χρησιμοποιούμε την υπάρχουσα συνάρτηση;",
  Hebrew: "אפשר להוסיף בדיקה לרשימה ריקה? שָׁלוֹם",
  Arabic: "هل يمكنك إضافة اختبار للقائمة الفارغة؟ مُحَمَّد",
  Persian: "این تابع را نمی‌خواهیم؛ کتاب‌خانه‌ها را ببینید.",
  Urdu: "کیا یہ شرط ہمیشہ درست ہے؟",
  Hindi: "क्या यह शर्त हमेशा सही है? श्रीमान्‌ जी, क्‍या?",
  Marathi: "ही अट नेहमी खरी आहे का? दर्‍या",
  Bengali: "এই শর্ত কি সবসময় সত্য? র‍্যাম",
  Tamil: "இந்த நிபந்தனை எப்போதும் உண்மையா?",
  Telugu: "ఈ షరతు ఎప్పుడూ నిజమేనా? క్‌ష",
  Kannada: "ಈ ಷರತ್ತು ಯಾವಾಗಲೂ ನಿಜವೇ? ರ‍್ಯಾಂಕ್",
  Malayalam: "ഈ നിബന്ധന എപ്പോഴും ശരിയാണോ? അവന്‍",
  Sinhala: "මෙය හැමවිටම සත්‍ය ද? ශ්‍රී ලංකා",
  Thai: "ช่วยเพิ่มการทดสอบสำหรับรายการว่างได้ไหม",
  Khmer: "តើអ្នកអាចបន្ថែមការសាកល្បងបានទេ?",
  Burmese: "ဒီအခြေအနေက အမြဲမှန်သလား။",
  Chinese: "这里应该先检查空列表，再调用函数。",
  "Traditional Chinese": "這裡應該先檢查空清單，再呼叫函式。",
  Japanese: "ここは空のリストを先に確認してください。辻󠄀さん、葛󠄁飾区",
  Korean: "빈 목록에 대한 테스트를 추가해 주세요.",
  Georgian: "შეგიძლიათ დაამატოთ ტესტი?",
  Armenian: "Կարո՞ղ եք թեստ ավելացնել։",
  Amharic: "ይህ ሁኔታ ሁልጊዜ እውነት ነው?",
  Mongolian: "Энэ нөхцөл үргэлж үнэн үү? ᠮᠣᠩᠭᠣᠯ",
};

const SHAPES: Readonly<Record<string, (sentence: string) => string>> = {
  "a plain line": (sentence) => sentence,
  "a list of tasks": (sentence) => `- [ ] ${sentence}\n- [x] done 👍`,
  "a quote with an answer": (sentence) => `> ${sentence}\n\nAgreed, fixed in 1a2b3c4.`,
  "emphasis and code": (sentence) => `**nit:** ${sentence} See \`Foo<Bar>\` and _this_.`,
  "a table": (sentence) => `| before | after |\n| :-- | --: |\n| \`a<b>\` | ${sentence} |`,
  "a heading": (sentence) => `### ${sentence}\n\n---\n\ntext`,
  "a link to GitHub": (sentence) =>
    `${sentence} See [the issue](https://github.com/o/r/issues/1?a=b#c).`,
  "two lines with a break": (sentence) => `${sentence}  \n${sentence}\\\nend`,
};

const LINES: readonly string[] = [
  "Shouldn't this be Promise<string> instead?",
  "Return Map<string> or Result<T>, but never Option<T>.",
  "Use Array<object> here; List<Object> is Java.",
  "I would take Vec<u8> over Box<dyn> any day.",
  "Replace <your-token> and <n> with real values.",
  "Run `foo` with <file> and then <url>.",
  "The <Button> component and </Button> are unbalanced, unlike <Link>.",
  "<T>(x: T) => x is fine in .ts but not in .tsx",
  "if a < b && c > d then a <b",
  "x << 2, y >> 3, a <= b, c >= d, e <> f, g <=> h",
  "1 < 2 and 3 > 2, i<n, n>i",
  "a <- b -> c <-> d => e <= f",
  "I <3 this! >_< :-> <-:",
  "cat < in > out 2>&1",
  "AT&T, R&D, a && b, x &y; z & w",
  "&lt;b&gt; &amp; &nbsp; &copy; &#39; &quot; &hellip; &#x1F600;",
  "\\<b> and \\&#x200B; and \\`code\\` and \\[x](y)",
  "array[0](x) is a call", // A bracket after text is a link only when it pairs.
  "see #123, GH-123, o/r#123, @octocat and 1a2b3c4d",
  "https://example.com/a?b=c&d=e#f is down, and so is www.example.com/x_(y)",
  "<https://example.com/a?b=c> and <mail@example.com>",
  "[relative](docs/readme.md), [anchor](#section), [up](../x.md#L10-L20), [root](/o/r/pull/1)",
  "[x] done, [ ] open, [1], [a][b], [] and ![]",
  "a note[^1]\n\n[^1]: the note, with `code<T>`.",
  "$a < b$ and $$\\sum_{i<n} x_i$$ and $`x<y`$",
  "```math\na < b & c\n```",
  "```mermaid\ngraph TD; A-->B;\n```",
  "```js\n```",
  "```\nunclosed <b>",
  "`unclosed <n",
  "``a`b`` ` `` ``` `x",
  "~~old~~ __new__ ***both*** ==mark==",
  "1. one\n2. two\n   - nested `<b>`\n\n     more\n3. three",
  "* a\n+ b\n- c\n10) d",
  "Term\n: definition",
  "line one\r\nline two\r\n\r\n- item\r\n",
  "tab\tseparated\tvalues",
  "trailing space \n\n\n\nblank lines\n",
  "> > nested\n> quote\nlazy",
  "#!/bin/sh #not-a-heading",
  "***\n---\n___",
  "Setext\n======\n\nTwo\n---",
  "$100 & 50% -- \"quotes\" 'single' (c) ... -> =>",
  "C:\\Users\\me\\file.txt and \\\\server\\share",
  "{{ template }} {% tag %} ${var} %s %d",
  "@@ -1,2 +3,4 @@ fn<T>()",
  "LGTM :+1: :rocket: :shipit:",
  "LGTM 👍🎉🚀",
  "family 👨‍👩‍👧‍👦 👩‍❤️‍💋‍👨 🧑🏿‍🤝‍🧑🏻",
  "work 👩🏽‍💻 👨‍🔬 🧑‍🚀 🏃🏾‍♀️ 🤷🏻‍♂️",
  "keys 1️⃣ 2️⃣ #️⃣ *️⃣ 🔟",
  "flags 🇩🇪 🇯🇵 🏳️‍🌈 🏳️‍⚧️ 🏴‍☠️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
  "skin 👍🏻👍🏼👍🏽👍🏾👍🏿 ✌🏽 ☝️",
  "text or emoji ☺︎ ☺️ ❤︎ ❤️ ✔️ ⚠️ ℹ️ ↔️ ™️ ©️ ㊗️",
  "hearts ❤️‍🔥 ❤️‍🩹 🐻‍❄️ 🐈‍⬛ 🐦‍🔥 👁️‍🗨️",
  "ligatures ﬁ ﬂ, full width ＡＢＣ, half width ｶﾅ, combining é ñ ā̈",
  "math ∑ ∫ ≤ ≥ ≠ ⊆ ℝ 𝔸 𝟙, arrows → ⇒ ↦, boxes ┌─┐│└┘",
  "spaces\u00a0of\u2009many\u2003kinds\u3000here",
  "“quotes” ‘single’ «guillemets» – — … · • ‣",
];

const CHANGED: readonly (readonly [string, string])[] = [
  ["H<sub>2</sub>O and x<sup>2</sup>", "H2O and x2"],
  ["press <kbd>Ctrl</kbd>+<kbd>C</kbd>", "press Ctrl+C"],
  ["one<br>two<br/>three", "one two three"],
  ["one<br>\ntwo", "one\ntwo"],
  ["<b>bold</b> and <i>italic</i> and <ins>new</ins>", "bold and italic and new"],
  ['<p align="center">centred</p>', "centred"],
  ["<ul><li>one</li><li>two</li></ul>", "one two"],
  ["<table><tr><th>a</th><th>b</th></tr></table>", "a b"],
  ["<details><summary>Logs</summary>\n\ntext\n</details>", "Logs\n\ntext\n"],
  ["<pre><code>x = 1</code></pre>", "x = 1"],
  ["before <!-- note --> after", "before  after"],
  ["<Button onClick={save}>Save</Button>", "<Button>Save</Button>"],
  ['<Card title="x">text</Card>', "<Card>text</Card>"],
  ["[docs](https://example.com/a/b)", "docs (example.com)"],
  ['[docs](http://example.com:8080/a "Docs")', "docs (example.com:8080)"],
  ["[`code<T>`](https://example.com)", "`code<T>` (example.com)"],
  ["[a [b] c](https://example.com)", "a [b] c (example.com)"],
  ["[mail](mailto:a@example.com)", "mail (mailto:)"],
  ['[issue](https://github.com/o/r/issues/1 "Issue")', "[issue](https://github.com/o/r/issues/1)"],
  [
    "[issue][1]\n\n[1]: https://github.com/o/r/issues/1",
    "[issue](https://github.com/o/r/issues/1)\n\n",
  ],
  [
    "[docs] and [more][docs]\n\n[docs]: https://example.com",
    "docs (example.com) and more (example.com)\n\n",
  ],
  ["![shot](https://github.com/user-attachments/assets/1)", "[image: shot (github.com)]"],
  ["![](https://example.com/x.png)", "[image (example.com)]"],
  ["![a](x.png): see", "[image: a (github.com)] : see"],
  ['<img width="600" alt="shot" src="https://example.com/x.png">', "[image: shot (example.com)]"],
  [
    "[![build](https://ci.example/b.svg)](https://ci.example)",
    "[image: build (ci.example)] (ci.example)",
  ],
  ['<a href="https://github.com/o/r">repo</a>', "repo (https://github.com/o/r)"],
  ['```ts title="x.ts"\na<b>\n```', "```ts\na<b>\n```"],
  ["```rust,ignore\nVec<u8>\n```", "```rust\nVec<u8>\n```"],
  ["\uFEFF```ts\nPromise<div>\n```", "```ts\nPromise<div>\n```"],
  ["soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"],
  ["ภาษา\u200bไทย", "ภาษาไทย"],
];

const framed = Object.entries(FRAMES).flatMap(([frame, around]) =>
  Object.entries(SNIPPETS).map(([name, code]) => ({
    name: `${name} in ${frame}`,
    input: around(code),
  })),
);

const spoken = Object.entries(SHAPES).flatMap(([shape, around]) =>
  Object.entries(SENTENCES).map(([language, sentence]) => {
    return { name: `${language} in ${shape}`, input: around(sentence) };
  }),
);

/** Harmless comments, each with what becomes of it. */
export const ORDINARY: readonly OrdinaryCase[] = [
  ...framed,
  ...spoken,
  ...LINES.map((input) => ({ name: JSON.stringify(input), input })),
  ...CHANGED.map(([input, expected]) => ({ name: JSON.stringify(input), input, expected })),
];
