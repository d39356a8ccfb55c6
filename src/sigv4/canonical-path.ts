import { canonicalElement, hasWellFormedEscapes, percentEncode } from './percent-encoding.ts'
import { SignatureError } from './signature-error.ts'

/** How a service spells the path it signs. S3 takes it as sent; all others tidy it and escape it once more. */
export interface PathRules {
  /** Resolve `.` and `..`, and fold repeated slashes. */
  readonly normalizePath: boolean
  /** Escape the path as sent, so that its `%` become `%25`. */
  readonly doubleEncodePath: boolean
}

const ordinary: PathRules = { normalizePath: true, doubleEncodePath: true }
const objectStore: PathRules = { normalizePath: false, doubleEncodePath: false }

/** The rules of a service by its signing name: S3 and its kin, or everything else. */
export const pathRulesOf = (service: string): PathRules =>
  service === 's3' || service.startsWith('s3-') || service === 's3express' ? objectStore : ordinary

/**
 * Refuses a path that no front end of AWS would pass on: a broken escape, no leading slash, a climb above the root.
 *
 * @throws SignatureError `BadRequest`, to be answered with status 400 and no body
 */
export function checkPath(path: string): void {
  if (path === '/' || path === '') return
  if (path.charCodeAt(0) !== 0x2f || !hasWellFormedEscapes(path) || climbsAboveRoot(path)) {
    throw new SignatureError('BadRequest', '')
  }
}

/** Escaped dots count as dots here: a front end may decode them before it resolves them. */
function climbsAboveRoot(path: string): boolean {
  if (!path.includes('..') && !path.includes('%2')) return false
  let depth = 0
  for (const segment of path.split('/')) {
    const plain = segment.replace(/%2e/gi, '.')
    if (plain === '..') depth--
    else if (plain !== '' && plain !== '.') depth++
    if (depth < 0) return true
  }
  return false
}

/**
 * The path as it stands in the canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalPath(path: string, rules: PathRules): string {
  if (path === '/' || path === '') return '/'
  const tidy = rules.normalizePath ? normalizePath(path) : path
  if (rules.doubleEncodePath) return percentEncode(tidy, true)
  return tidy
    .split('/')
    .map((segment) => canonicalElement(segment, false))
    .join('/')
}

/** Dot segments resolved and runs of slashes folded as the SDKs do it: only a slash sent last stays last. */
function normalizePath(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  return kept.length === 0 ? '/' : `/${kept.join('/')}${path.endsWith('/') ? '/' : ''}`
}
