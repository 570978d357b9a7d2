import type { SeedThread } from "./seed.ts";

/** The demo's threads that are resolved, outdated or both, and a farewell. */
export function settledThreads(): SeedThread[] {
  return [
    {
      id: "PRRT_widgets_7_6",
      path: "src/cart/total.ts",
      line: 12,
      isResolved: true,
      resolvedBy: "alice",
      comments: [
        {
          id: "PRRC_widgets_7_6",
          fullDatabaseId: "3200000006",
          author: { login: "carol" },
          authorAssociation: "MEMBER",
          reviewId: "PRR_widgets_7_1",
          body: "Please brand the type, so that nobody adds cents to euros.",
          diffHunk: "@@ -10,2 +10,3 @@\n \n+export type Cents = number;\n export interface Line {",
          createdAt: "2026-03-03T09:20:00Z",
        },
        {
          id: "PRRC_widgets_7_7",
          fullDatabaseId: "3200000007",
          author: { login: "alice" },
          authorAssociation: "MEMBER",
          body: "Branded in 4be1c02.",
          diffHunk: "@@ -10,2 +10,3 @@\n \n+export type Cents = number;\n export interface Line {",
          createdAt: "2026-03-03T11:02:00Z",
        },
        {
          id: "PRRC_widgets_7_8",
          fullDatabaseId: "3200000008",
          author: { login: "carol" },
          authorAssociation: "MEMBER",
          body: "Thanks!",
          diffHunk: "@@ -10,2 +10,3 @@\n \n+export type Cents = number;\n export interface Line {",
          createdAt: "2026-03-03T11:30:00Z",
        },
      ],
    },
    {
      id: "PRRT_widgets_7_7",
      path: "api/orders.py",
      line: null,
      originalLine: 88,
      isOutdated: true,
      comments: [
        {
          id: "PRRC_widgets_7_9",
          fullDatabaseId: "3200000009",
          author: { login: "carol" },
          authorAssociation: "MEMBER",
          reviewId: "PRR_widgets_7_1",
          body: "`float` again: 0.1 + 0.2 ends up on an invoice.",
          diffHunk: [
            "@@ -85,3 +85,4 @@ def refund(order: Order, share: float) -> Refund:",
            '     """Refund part of an order."""',
            "+    amount = float(order.total) * share",
            "     return Refund(order.id, amount)",
          ].join("\n"),
          createdAt: "2026-03-03T09:31:00Z",
        },
      ],
    },
    {
      id: "PRRT_widgets_7_8",
      path: "tests/test_orders.py",
      line: null,
      originalLine: 23,
      originalStartLine: 20,
      isOutdated: true,
      isResolved: true,
      resolvedBy: "carol",
      comments: [
        {
          id: "PRRC_widgets_7_10",
          fullDatabaseId: "3200000010",
          author: null,
          authorAssociation: "NONE",
          body: "This test passes without the change.",
          diffHunk: [
            "@@ -18,3 +18,7 @@ def test_total():",
            "     assert order.total == 30",
            "+",
            "+def test_empty():",
            "+    order = to_order(Cart())",
            "+    assert not order.lines",
          ].join("\n"),
          createdAt: "2026-03-02T17:45:00Z",
        },
      ],
    },
    {
      id: "PRRT_widgets_7_9",
      path: "src/cart/legacy.ts",
      line: 3,
      diffSide: "LEFT",
      comments: [
        {
          id: "PRRC_widgets_7_11",
          fullDatabaseId: "3200000011",
          author: { login: "bob" },
          authorAssociation: "CONTRIBUTOR",
          reviewId: "PRR_widgets_7_2",
          body: "Good riddance 🎉",
          diffHunk:
            "@@ -1,4 +1,1 @@\n-export function toFloat(text: string): number {\n-  return Number(text);\n-}\n export {};",
          createdAt: "2026-03-04T13:58:00Z",
          reactions: { HOORAY: 2, HEART: 1 },
        },
      ],
    },
  ];
}
