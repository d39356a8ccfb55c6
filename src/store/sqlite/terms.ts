const prefixes = { account: 'a', id: 'i', key: 'k' } as const

/** What an entry is found by, as the index of its bucket holds it: one index serves all three kinds. */
export function termOf(kind: keyof typeof prefixes, value: string): string {
  return prefixes[kind] + value
}
