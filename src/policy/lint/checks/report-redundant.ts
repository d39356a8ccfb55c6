import type { Text } from '../../document.ts'
import { compileGlob, matchesGlob } from '../../pattern/glob.ts'
import { type LintContext, quoted, removeEntry, report, spend } from '../context.ts'

type RedundancyCode = 'redundant-action' | 'redundant-resource' | 'redundant-condition-value'

interface Comparison {
  /** What of an entry is compared; its text unless given. */
  readonly textOf?: (entry: Text) => string
  /** Whether `*` and `?` are wildcards; they are unless told. */
  readonly wildcards?: boolean
}

/** Reports the entries of a list that say nothing new, each with a fix that removes it. */
export function reportRedundant(
  context: LintContext,
  code: RedundancyCode,
  entries: readonly Text[],
  { textOf = ({ value }) => value, wildcards = true }: Comparison = {},
): void {
  for (const [index, by] of redundantEntries(context, entries.map(textOf), wildcards)) {
    const entry = entries[index]
    const other = entries[by]
    if (entry === undefined || other === undefined) continue
    const message = `${quoted(entry.value)} is covered by ${quoted(other.value)}.`
    report(context, code, entry, message, removeEntry(context, entry))
  }
}

/**
 * The entries that another one covers, each with the index of the other: equal to an earlier one,
 * or matched by a pattern. A pattern with `?` covers by text, so `a?` does not count as under `a*`
 * unless all its characters do.
 */
function redundantEntries(
  context: LintContext,
  entries: readonly string[],
  wildcards: boolean,
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
