/** Review comments as people write them: short, long, with code words, lists and links. */
export const prose = `This reads well, thank you. Two things before we merge it.

First, the retry loop swallows the original error. When the third attempt fails we throw a new one that only says "gave up", and whoever is on call at three in the morning has nothing to go on. Could you keep the last error as the cause?

Second, I am not sure we want to retry on a timeout at all. If the server is slow because it is overloaded, another request makes it worse, and the caller has already waited thirty seconds. My preference would be to retry only when the connection was refused, and to let everything else through.

I don't think this can be null here. The query joins on the user, and the column has a foreign key, so either we get a row with a user or we get no row. If you'd rather keep the check because it's cheap, let's at least log it, otherwise we will never find out that our assumption was wrong.

Nit: the name suggests that it returns a boolean, but it throws. What about calling it "requirePermission" and keeping "hasPermission" for the other one?

Not blocking, but the test takes four seconds on my machine because it sleeps. There is already a fake clock in the test folder; using it here would make the whole suite noticeably faster.

Good catch! I had not noticed that the cache is shared between tenants. I've pushed a fix that puts the tenant id in front of the key, and a test which fails without it.

Why do we need a separate table for this? As far as I can tell every setting belongs to exactly one project, so a column would do, and we could drop the migration, the model and most of this file. Happy to talk about it tomorrow if you see a reason I'm missing.

The documentation still mentions the old flag. Please update the examples too, since people copy them without reading the paragraph around them.

I would move the validation to the edge. By the time we get here the request has been through four functions which all trust it, and that's exactly how the last incident started. Parse once, fail early, and let the types carry the rest.

Agreed. Let's do that in a follow-up so that this one stays small enough to review in one sitting. I opened an issue and assigned it to myself.

Looks good to me, apart from the typo in the changelog. Approving so you are not blocked by the time difference.
`;

/** The same people, who know Markdown. */
export const markdown = `### Summary

The change is sound, but **two cases** are not covered:

1. \`parseHeader()\` accepts an empty name, see [RFC 9110, section 5.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.1).
2. The limit is checked *after* the body was read, so a large request still fills the memory.

> If the limit is exceeded, the server should answer with 413 and close the connection.

I tried it locally:

\`\`\`sh
$ curl -s -o /dev/null -w '%{http_code}' --data-binary @large.json http://localhost:8080/v1/items
200
\`\`\`

| Case            | Expected | Got |
| --------------- | -------: | --: |
| empty name      |      400 | 200 |
| body of 20 MB   |      413 | 200 |
| missing header  |      401 | 401 |

- [x] unit tests for the parser
- [ ] a test for the limit
- [ ] changelog entry

One suggestion for the loop:

\`\`\`suggestion
    for (const [name, value] of headers) {
      if (name.length === 0) throw new HeaderError("empty-name");
      result.set(name.toLowerCase(), value.trim());
    }
\`\`\`

See also #1482 and the discussion in \`docs/decisions/0007-limits.md\`. cc @octavia-reviewer, who wrote the original version.

---

**Note:** the benchmark in \`bench/parse.ts\` went from 1.2 ms to 0.9 ms per request, so there is _no_ regression :tada:

<details>
<summary>Full output</summary>

\`\`\`
parse: 10000 requests, mean 0.91 ms, p99 2.4 ms
write: 10000 requests, mean 1.37 ms, p99 3.1 ms
\`\`\`

</details>
`;
