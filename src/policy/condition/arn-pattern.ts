/**
 * ARNs of condition operators: six parts, each compared by itself, the sixth with its own colons.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
import { type Glob, type GlobSegment, globOf, matchesGlob } from '../pattern/glob.ts'

const parts = 6

/** The six parts as globs; `any` is the bare `*`. */
export type ArnPattern = readonly Glob[] | 'any'

/** @returns undefined for text that is no ARN */
export function splitArn(text: string): readonly string[] | undefined {
  if (!text.startsWith('arn:')) return undefined
  const split: string[] = []
  let from = 0
  for (let i = 1; i < parts; i++) {
    const at = text.indexOf(':', from)
    if (at === -1) return undefined
    split.push(text.slice(from, at))
    from = at + 1
  }
  split.push(text.slice(from))
  return split
}

/**
 * Cuts the segments of a pattern at its first five colons.
 * @returns undefined for a pattern that is no ARN
 */
export function arnPatternOf(segments: readonly GlobSegment[]): ArnPattern | undefined {
  if (segments.length === 2 && segments.every(({ text }) => text === '')) return 'any'
  const globs: Glob[] = []
  let open: GlobSegment[] = []
  for (const segment of segments) {
    let { text, holes } = segment
    for (let at = text.indexOf(':'); at !== -1 && globs.length < parts - 1; ) {
      open.push({ text: text.slice(0, at), holes: holes?.filter((hole) => hole < at) })
      globs.push(globOf(open))
      open = []
      holes = holes?.filter((hole) => hole > at).map((hole) => hole - at - 1)
      text = text.slice(at + 1)
      at = text.indexOf(':')
    }
    open.push({ text, holes })
  }
  globs.push(globOf(open))
  const [first] = globs
  if (globs.length !== parts || first === undefined || !matchesGlob(first, 'arn')) return undefined
  return globs
}

export function matchesArn(pattern: ArnPattern, arn: readonly string[]): boolean {
  if (pattern === 'any') return true
  // The last part tells ARNs apart soonest.
  for (let i = parts - 1; i >= 0; i--) {
    const glob = pattern[i]
    const part = arn[i]
    if (glob === undefined || part === undefined || !matchesGlob(glob, part)) return false
  }
  return true
}
