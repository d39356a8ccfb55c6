import { compileGlob, matchesGlob } from '../../pattern/glob.ts'
import { type LintContext, spend } from '../context.ts'

/**
 * The entries that another one covers, each with the index of the other: equal to an earlier one,
 * or matched by a pattern. A pattern with `?` covers by text, so `a?` does not count as under `a*`
 * unless all its characters do.
 */
export function redundantEntries(
  context: LintContext,
  entries: readonly string[],
  wildcards = true,
): ReadonlyMap<number, number> {
  const covered = new Map<number, number>()
  const first = new Map<string, number>()
  for (const [index, entry] of entries.entries()) {
    const earlier = first.get(entry)
    if (earlier !== undefined) covered.set(index, earlier)
    else first.set(entry, index)
  }
  if (!wildcards) return covered
  for (const [pattern, by] of first) {
    if (!pattern.includes('*') || pattern.length > 2048) continue
    if (!spend(context, entries.length)) break
    const glob = compileGlob(pattern)
    for (const [index, entry] of entries.entries()) {
      if (index === by || covered.has(index) || entry.length > 2048) continue
      // A star in the covered text is matched as a character, which only a star can do.
      if (matchesGlob(glob, entry)) covered.set(index, by)
    }
  }
  return covered
}
