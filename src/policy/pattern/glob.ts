/**
 * Matching with `*` and `?`. A pattern is cut at its stars into segments, and each segment is found
 * leftmost: nothing is ever tried twice, so `*a*a*a*b` cannot blow up on any text.
 * `?` is one UTF-16 unit, and every other character, `[` and `\` too, stands for itself.
 */
import { findHoled, holedAt } from './holed-search.ts'
import { findLiteral } from './literal-search.ts'

/** The text between two stars; `holes` are the places in `text` where any one unit may stand. */
export interface GlobSegment {
  readonly text: string
  readonly holes: readonly number[] | undefined
}

/** A compiled pattern; `minLength` is what a text must have to match. */
export interface Glob {
  readonly segments: readonly GlobSegment[]
  readonly minLength: number
}

/** Reads `*` and `?` as wildcards. */
export function compileGlob(pattern: string): Glob {
  return globOf(pattern.split('*').map(segmentOf))
}

export function globOf(segments: readonly GlobSegment[]): Glob {
  let minLength = 0
  for (const segment of segments) minLength += segment.text.length
  return { segments, minLength }
}

function segmentOf(text: string): GlobSegment {
  if (!text.includes('?')) return { text, holes: undefined }
  const holes: number[] = []
  for (let at = text.indexOf('?'); at !== -1; at = text.indexOf('?', at + 1)) holes.push(at)
  return { text, holes }
}

/** The one text that matches, when there are no wildcards. */
export function literalOf(glob: Glob): string | undefined {
  const [first] = glob.segments
  if (glob.segments.length !== 1 || first === undefined || first.holes !== undefined)
    return undefined
  return first.text
}

/** What every matching text begins with. */
export function prefixOf(glob: Glob): string {
  const first = glob.segments[0]
  if (first === undefined) return ''
  return first.holes === undefined ? first.text : first.text.slice(0, first.holes[0])
}

export function matchesGlob(glob: Glob, text: string): boolean {
  const { segments, minLength } = glob
  if (text.length < minLength) return false
  const first = segments[0]
  if (first === undefined) return false
  const count = segments.length
  if (count === 1) return text.length === minLength && segmentAt(first, text, 0)
  if (!segmentAt(first, text, 0)) return false
  const last = segments[count - 1]
  if (last === undefined) return false
  const end = text.length - last.text.length
  if (!segmentAt(last, text, end)) return false
  let from = first.text.length
  for (let i = 1; i < count - 1; i++) {
    const segment = segments[i]
    if (segment === undefined) return false
    const at = findSegment(segment, text, from, end)
    if (at === -1) return false
    from = at + segment.text.length
  }
  return from <= end
}

function segmentAt(segment: GlobSegment, text: string, at: number): boolean {
  if (segment.holes === undefined) return text.startsWith(segment.text, at)
  return holedAt(segment.text, segment.holes, text, at)
}

/** The leftmost place at or after `from` where the segment stands wholly before `end`, or -1. */
function findSegment(segment: GlobSegment, text: string, from: number, end: number): number {
  if (segment.holes !== undefined) return findHoled(segment.text, segment.holes, text, from, end)
  return findLiteral(segment.text, text, from, end)
}
