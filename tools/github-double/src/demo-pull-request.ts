import { openThreads } from "./demo-threads-open.ts";
import { settledThreads } from "./demo-threads-settled.ts";
import type { SeedPullRequest } from "./seed.ts";

/** A pull request as one meets them: nine threads in every state, two reviews, a conversation. */
export function realisticPullRequest(): SeedPullRequest {
  return {
    number: 7,
    title: "Price carts in minor units",
    body: "Moves the cart and the order API from floats to integer cents.",
    headRefName: "minor-units",
    author: { login: "alice" },
    authorAssociation: "MEMBER",
    createdAt: "2026-03-02T08:30:00Z",
    updatedAt: "2026-03-05T10:15:00Z",
    additions: 212,
    deletions: 96,
    changedFiles: 6,
    threads: [...openThreads(), ...settledThreads()],
    reviews: [
      {
        id: "PRR_widgets_7_1",
        fullDatabaseId: "3100000001",
        author: { login: "carol" },
        authorAssociation: "MEMBER",
        state: "CHANGES_REQUESTED",
        body: "The arithmetic is right. Please guard the empty cart and name the unit in the API.",
        submittedAt: "2026-03-03T09:40:00Z",
      },
      {
        id: "PRR_widgets_7_2",
        fullDatabaseId: "3100000002",
        author: { login: "bob" },
        authorAssociation: "CONTRIBUTOR",
        state: "COMMENTED",
        body: "Two questions about the component, nothing that blocks.",
        submittedAt: "2026-03-04T14:05:00Z",
      },
    ],
    comments: [
      {
        id: "IC_widgets_7_1",
        fullDatabaseId: "3300000001",
        author: { login: "alice" },
        authorAssociation: "MEMBER",
        body: "Ready for review. The migration of stored carts is a separate change.",
        createdAt: "2026-03-02T08:35:00Z",
      },
      {
        id: "IC_widgets_7_2",
        fullDatabaseId: "3300000002",
        author: { login: "build-bot", type: "Bot" },
        authorAssociation: "NONE",
        body: "Preview deployed: https://preview.example.test/7",
        createdAt: "2026-03-02T08:50:00Z",
      },
    ],
  };
}
