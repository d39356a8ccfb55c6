import { canonicalElement, percentDecode } from './percent-encoding.ts'

/** Names and values in canonical spelling, alternating, in the order sent. */
export type QueryPairs = readonly string[]

const noPairs: QueryPairs = []

/**
 * Splits a raw query string; a name without `=` has an empty value, and empty pairs vanish.
 *
 * @throws SignatureError `MalformedQueryString` for a broken percent-escape
 */
export function parseQuery(query: string): QueryPairs {
  if (query === '') return noPairs
  const pairs: string[] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    pairs.push(
      canonicalElement(equals === -1 ? part : part.slice(0, equals), true),
      equals === -1 ? '' : canonicalElement(part.slice(equals + 1), true),
    )
  }
  return pairs
}

/** The decoded value of the first parameter of that name: AWS reads the first of a repeated one. */
export function queryValue(pairs: QueryPairs, name: string): string | undefined {
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] === name) return percentDecode(pairs[i + 1] ?? '')
  }
  return undefined
}

/** Which session tokens of a query the signature covers: each, none (appended after signing), or all but repeats. */
export type CoveredTokens = 'every' | 'none' | 'first'

/** The canonical query string: sorted by name, then value, without `X-Amz-Signature`. */
export function canonicalQuery(pairs: QueryPairs, tokens: CoveredTokens = 'every'): string {
  if (pairs.length === 0) return ''
  const kept: [string, string][] = []
  let tokensSeen = 0
  for (let i = 0; i < pairs.length; i += 2) {
    const name = pairs[i] ?? ''
    if (name === 'X-Amz-Signature') continue
    if (name === 'X-Amz-Security-Token') {
      tokensSeen++
      if (tokens === 'none' || (tokens === 'first' && tokensSeen > 1)) continue
    }
    kept.push([name, pairs[i + 1] ?? ''])
  }
  kept.sort(byNameThenValue)
  return kept.map(([name, value]) => `${name}=${value}`).join('&')
}

const byNameThenValue = (a: readonly [string, string], b: readonly [string, string]): number => {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  if (a[1] === b[1]) return 0
  return a[1] < b[1] ? -1 : 1
}
