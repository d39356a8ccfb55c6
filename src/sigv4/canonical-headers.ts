import { toByteString } from './percent-encoding.ts'

/** Compares a header name as sent with a lower-case one, without making a lower-case copy. */
export function isHeader(sent: string | undefined, lowerCase: string): boolean {
  if (sent === undefined || sent.length !== lowerCase.length) return false
  if (sent === lowerCase) return true
  for (let i = 0; i < sent.length; i++) {
    let code = sent.charCodeAt(i)
    if (code >= 0x41 && code <= 0x5a) code += 0x20
    if (code !== lowerCase.charCodeAt(i)) return false
  }
  return true
}

/** The first header of that name as sent: AWS reads the first of a repeated one. */
export function headerValue(headers: readonly string[], lowerCase: string): string | undefined {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (isHeader(headers[i], lowerCase)) return headers[i + 1]
  }
  return undefined
}

const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d)

/** What a line break inside a header value stands for; signers differ, and HTTP no longer allows it. */
export type FoldedLine = ' ' | ','

// Most values are tidy; the engine finds that out many times faster than a loop over a long token would.
const untidy = /[\t-\r]|^ | $| {2}|[^\0-\xff]/

/** A header value trimmed, with each run of white space as one space. */
function canonicalHeaderValue(value: string, fold: FoldedLine = ' '): string {
  return untidy.test(value) ? foldSpaces(toByteString(value), fold) : value
}

function foldSpaces(value: string, fold: FoldedLine): string {
  let out = ''
  let gap = ''
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (isSpace(code)) {
      if (out !== '') gap = code === 0x0a || gap === fold ? fold : ' '
    } else {
      out += gap + (value[i] ?? '')
      gap = ''
    }
  }
  return out
}

/**
 * The header lines of the canonical request, each with its line end, and behind an empty line their names.
 *
 * @param names - the signed headers, lower case and sorted
 * @returns undefined when a listed header was not sent, since then nothing can match, and when one is listed twice:
 * no client does so, and a list of thousands would make of one long header hundreds of megabytes
 */
export function canonicalHeaders(
  headers: readonly string[],
  names: readonly string[],
  fold: FoldedLine = ' ',
): string | undefined {
  let lines = ''
  let list = ''
  let previous: string | undefined
  for (const name of names) {
    if (name === previous) return undefined
    previous = name
    let line = joinValues(headers, name, fold)
    // HTTP/2 carries the host under another name; the two stand for each other.
    if (line === undefined && name === 'host') line = joinValues(headers, ':authority', fold)
    if (line === undefined && name === ':authority') line = joinValues(headers, 'host', fold)
    if (line === undefined) return undefined
    lines += `${name}:${line}\n`
    list += `;${name}`
  }
  return `${lines}\n${list.slice(1)}`
}

function joinValues(
  headers: readonly string[],
  name: string,
  fold: FoldedLine,
): string | undefined {
  let line: string | undefined
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (isHeader(headers[i], name)) {
      const value = canonicalHeaderValue(headers[i + 1] ?? '', fold)
      line = line === undefined ? value : `${line},${value}`
    }
  }
  return line
}
