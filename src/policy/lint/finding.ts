/** How much a finding matters, in the four steps of AWS's own policy validation. */
export type Severity = 'error' | 'security-warning' | 'warning' | 'suggestion'

/** Replaces the text between two offsets (UTF-16 units). */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Edits never overlap; apply them from the last to the first. */
export interface Fix {
  readonly description: string
  readonly edits: readonly Edit[]
}

/** One thing that `lintPolicy` found in a document, and where. */
export interface Finding {
  /** A code of `lintRules`. */
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** The way from the document's root, as `Statement[0].Action[1]`; empty for the document. */
  readonly path: string
  /** `line` and `column` count from 1, in UTF-16 units; the end is just after the last character. */
  readonly line: number
  readonly column: number
  readonly endLine?: number
  readonly endColumn?: number
  readonly fix?: Fix
}

/**
 * The text with a finding's fix applied. The places of other findings are then out of date: lint again.
 * @param text - the very text in which it was found
 */
export function applyFix(text: string, fix: Fix): string {
  let fixed = text
  for (const { start, end, text: replacement } of fix.edits.toSorted((a, b) => b.start - a.start)) {
    fixed = fixed.slice(0, start) + replacement + fixed.slice(end)
  }
  return fixed
}
