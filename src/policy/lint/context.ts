import type { Located, PolicyDocument, Statement, Text } from '../document.ts'
import type { PolicyKind } from '../policy.ts'
import type { Finding, Fix } from './finding.ts'
import { type LintCode, ruleByCode } from './lint-rules.ts'
import { nearest } from './nearest.ts'

/** What all checks of one document share. */
export interface LintContext {
  readonly kind: PolicyKind
  readonly document: PolicyDocument
  readonly findings: Finding[]
  /** The elements that faults are in (`Statement[0].Action`), and `<code> <path>` of each fault. */
  readonly faulty: ReadonlySet<string>
  /**
   * Steps left for searches whose time is not linear in the text. No policy that AWS accepts comes
   * near the end of it; behind it the searches are left out, the rest goes on.
   */
  readonly budget: { matches: number; guesses: number }
}

/** A context for one run over one document. */
export function contextOf(kind: PolicyKind, document: PolicyDocument): LintContext {
  const faulty = new Set<string>()
  for (const { code, path } of document.faults) {
    faulty.add(`${code} ${path}`)
    faulty.add(/^Statement(?:\[\d+\])?\.[A-Za-z]+/.exec(path)?.[0] ?? path)
  }
  return { kind, document, findings: [], faulty, budget: { matches: 4_000_000, guesses: 64 } }
}

/** Notes a finding; its severity is that of its code. */
export function report(
  context: LintContext,
  code: LintCode,
  at: Located,
  message: string,
  fix?: Fix,
): void {
  context.findings.push({
    code,
    severity: ruleByCode[code].severity,
    message,
    path: at.path,
    line: at.start.line,
    column: at.start.column,
    endLine: at.end.line,
    endColumn: at.end.column,
    ...(fix === undefined ? {} : { fix }),
  })
}

/** A fix that puts another JSON string in the place of this one. */
export function replaceText(at: Text, text: string, description?: string): Fix {
  return {
    description: description ?? `Replace with ${quoted(text)}`,
    edits: [{ start: at.start.offset, end: at.end.offset, text: JSON.stringify(text) }],
  }
}

/** A fix for a document without Version. */
export function addedVersion({ start }: PolicyDocument): Fix {
  const at = start.offset + 1
  return {
    description: 'Add Version 2012-10-17',
    edits: [{ start: at, end: at, text: '"Version":"2012-10-17",' }],
  }
}

/** A fix that takes an entry out of its list, with the comma that divided it from a neighbour. */
export function removeEntry(context: LintContext, at: Located): Fix | undefined {
  const { text } = context.document
  const after = /^\s*,\s*/.exec(text.slice(at.end.offset, at.end.offset + 1000))
  if (after !== null) {
    const end = at.end.offset + after[0].length
    return { description: 'Remove it', edits: [{ start: at.start.offset, end, text: '' }] }
  }
  const before = /,\s*$/.exec(text.slice(Math.max(0, at.start.offset - 1000), at.start.offset))
  if (before === null) return undefined
  const start = at.start.offset - before[0].length
  return { description: 'Remove it', edits: [{ start, end: at.end.offset, text: '' }] }
}

/** User text in a message: in quotes, and never longer than a line. */
export function quoted(text: string): string {
  return `"${text.length > 120 ? `${text.slice(0, 117)}...` : text}"`
}

/** A known name close to a misspelt one. */
export function guess(
  context: LintContext,
  name: string,
  candidates: Iterable<string>,
): string | undefined {
  if (context.budget.guesses-- <= 0) return undefined
  return nearest(name, candidates)
}

export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean ${quoted(name)}?`
}

/** False when the search has to be left out. */
export function spend(context: LintContext, matches: number): boolean {
  if (context.budget.matches < matches) return false
  context.budget.matches -= matches
  return true
}

export function isAllow(statement: Statement): boolean {
  return statement.effect?.value.toLowerCase() === 'allow'
}

export function isDeny(statement: Statement): boolean {
  return statement.effect?.value.toLowerCase() === 'deny'
}

/** Only 2012-10-17 knows variables. */
export function hasVariables(document: PolicyDocument): boolean {
  return document.version?.value === '2012-10-17'
}
