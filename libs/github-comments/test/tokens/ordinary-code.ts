export const typescript = `import { createHash, timingSafeEqual } from "node:crypto";

import type { Session, SessionStore } from "./session-store.ts";

const MAX_AGE_MS = 30 * 60 * 1000;

export interface LoginOptions {
  readonly store: SessionStore;
  readonly now?: () => number;
  readonly onFailure?: (reason: "expired" | "unknown") => void;
}

/** Finds the session for a cookie, or says why there is none. */
export async function findSession(
  cookie: string,
  { store, now = Date.now, onFailure = () => {} }: LoginOptions,
): Promise<Session | undefined> {
  const id = createHash("sha256").update(cookie).digest("hex");
  const session = await store.get(id);
  if (session === undefined) {
    onFailure("unknown");
    return undefined;
  }
  if (now() - session.createdAt > MAX_AGE_MS) {
    await store.delete(id);
    onFailure("expired");
    return undefined;
  }
  return { ...session, lastSeenAt: now() };
}

export class TokenBucket {
  #tokens: number;
  #updatedAt = 0;

  constructor(private readonly capacity: number, private readonly perSecond: number) {
    this.#tokens = capacity;
  }

  take(count = 1, at = Date.now()): boolean {
    const elapsed = Math.max(0, at - this.#updatedAt) / 1000;
    this.#tokens = Math.min(this.capacity, this.#tokens + elapsed * this.perSecond);
    this.#updatedAt = at;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }
}

export const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
`;

export const python = `from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Optional

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    path: Path
    line: int
    message: str
    severity: str = "warning"
    tags: list[str] = field(default_factory=list)


class ReportBuilder:
    """Collects findings and renders them, grouped by file."""

    def __init__(self, root: Path, limit: Optional[int] = None) -> None:
        self.root = root
        self.limit = limit
        self._by_file: dict[Path, list[Finding]] = defaultdict(list)

    def add(self, finding: Finding) -> None:
        if not finding.path.is_relative_to(self.root):
            raise ValueError(f"{finding.path} is outside of {self.root}")
        self._by_file[finding.path].append(finding)

    def render(self) -> str:
        lines = []
        for path, findings in sorted(self._by_file.items()):
            lines.append(f"{path.relative_to(self.root)}:")
            for item in sorted(findings, key=lambda f: f.line)[: self.limit]:
                lines.append(f"  {item.line:>5}  {item.severity:<8} {item.message}")
        return "\\n".join(lines)


async def check_all(paths: Iterable[Path], *, workers: int = 4) -> list[Finding]:
    semaphore = asyncio.Semaphore(workers)

    async def run(path: Path) -> list[Finding]:
        async with semaphore:
            try:
                text = await asyncio.to_thread(path.read_text, encoding="utf-8")
            except OSError as error:
                logger.warning("cannot read %s: %s", path, error)
                return []
            return [
                Finding(path, number, "line too long")
                for number, line in enumerate(text.splitlines(), start=1)
                if len(line) > 100
            ]

    results = await asyncio.gather(*(run(path) for path in paths))
    return [finding for result in results for finding in result]
`;

export const go = `package cache

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrClosed is returned by every method once Close was called.
var ErrClosed = errors.New("cache: closed")

type entry[V any] struct {
	value     V
	expiresAt time.Time
}

// Cache keeps values for a while; it is safe for concurrent use.
type Cache[K comparable, V any] struct {
	mu      sync.RWMutex
	entries map[K]entry[V]
	ttl     time.Duration
	closed  bool
}

func New[K comparable, V any](ttl time.Duration) *Cache[K, V] {
	return &Cache[K, V]{entries: make(map[K]entry[V]), ttl: ttl}
}

func (c *Cache[K, V]) Load(ctx context.Context, key K, load func(context.Context, K) (V, error)) (V, error) {
	var zero V
	c.mu.RLock()
	found, ok := c.entries[key]
	closed := c.closed
	c.mu.RUnlock()
	if closed {
		return zero, ErrClosed
	}
	if ok && time.Now().Before(found.expiresAt) {
		return found.value, nil
	}
	value, err := load(ctx, key)
	if err != nil {
		return zero, fmt.Errorf("load %v: %w", key, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = entry[V]{value: value, expiresAt: time.Now().Add(c.ttl)}
	return value, nil
}

func (c *Cache[K, V]) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for key := range c.entries {
		delete(c.entries, key)
	}
}
`;

export const java = `package com.example.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

public final class OrderService {
    private static final int MAX_ITEMS = 250;

    private final OrderRepository repository;
    private final PriceCalculator calculator;

    public OrderService(OrderRepository repository, PriceCalculator calculator) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.calculator = Objects.requireNonNull(calculator, "calculator");
    }

    /** Places an order and returns it with its total. */
    @Transactional
    public Order placeOrder(CustomerId customer, List<OrderItem> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("An order needs at least one item.");
        }
        if (items.size() > MAX_ITEMS) {
            throw new TooManyItemsException(items.size(), MAX_ITEMS);
        }
        BigDecimal total = items.stream()
                .map(item -> calculator.priceOf(item).multiply(BigDecimal.valueOf(item.getQuantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Order order = new Order(customer, new ArrayList<>(items), total, Instant.now());
        repository.save(order);
        return order;
    }

    public Optional<Order> findLatest(CustomerId customer) {
        return repository.findAllByCustomer(customer).stream()
                .filter(order -> !order.isCancelled())
                .max((left, right) -> left.getCreatedAt().compareTo(right.getCreatedAt()));
    }

    public List<String> describeAll(CustomerId customer) {
        return repository.findAllByCustomer(customer).stream().map(Order::toString).collect(Collectors.toList());
    }
}
`;

export const rust = `use std::collections::HashMap;
use std::io::{self, BufRead};

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    Missing,
}

pub struct Reader<R> {
    input: R,
    columns: Vec<String>,
}

impl<R: BufRead> Reader<R> {
    pub fn new(mut input: R) -> io::Result<Self> {
        let mut header = String::new();
        input.read_line(&mut header)?;
        let columns = header.trim_end().split(',').map(str::to_owned).collect();
        Ok(Self { input, columns })
    }

    pub fn next_row(&mut self) -> io::Result<Option<HashMap<String, Value>>> {
        let mut line = String::new();
        if self.input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let row = self
            .columns
            .iter()
            .cloned()
            .zip(line.trim_end().split(',').map(parse_value))
            .collect();
        Ok(Some(row))
    }
}

fn parse_value(text: &str) -> Value {
    match text.parse::<f64>() {
        _ if text.is_empty() => Value::Missing,
        Ok(number) => Value::Number(number),
        Err(_) => Value::Text(text.to_string()),
    }
}
`;
