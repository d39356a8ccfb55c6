/**
 * A strict JSON reader that remembers where everything stood. `JSON.parse` keeps the last of two
 * equal keys and no positions, so a policy could be read differently by a reviewer and by the
 * engine; here a second key, trailing text, a byte order mark or half a surrogate pair is an error.
 */

/** A place in the text. `line` and `column` count from 1, `column` and `offset` in UTF-16 units. */
export interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Where something stands in the text. */
export interface Span {
  readonly start: Position
  /** The place just after the last character. */
  readonly end: Position
}

export interface JsonMember extends Span {
  readonly key: string
  readonly keyEnd: Position
  readonly value: JsonNode
}

export interface JsonObject extends Span {
  readonly type: 'object'
  readonly members: readonly JsonMember[]
}

export interface JsonArray extends Span {
  readonly type: 'array'
  readonly items: readonly JsonNode[]
  /** `commas[i]` stands between items `i` and `i + 1`: AWS reports some statements from there. */
  readonly commas: readonly Position[]
}

export interface JsonString extends Span {
  readonly type: 'string'
  readonly value: string
}

export interface JsonNumber extends Span {
  readonly type: 'number'
  /** As written: `1.10` stays `1.10`, and large numbers keep every digit. */
  readonly text: string
}

export interface JsonBoolean extends Span {
  readonly type: 'boolean'
  readonly value: boolean
}

export interface JsonNull extends Span {
  readonly type: 'null'
}

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull

export type JsonFault =
  | 'byte-order-mark'
  | 'control-character'
  | 'duplicate-key'
  | 'invalid-escape'
  | 'invalid-number'
  | 'lone-surrogate'
  | 'too-deep'
  | 'too-large'
  | 'trailing-text'
  | 'unexpected-character'
  | 'unexpected-end'

/** Text that is no JSON, or more than the limits allow; `position` is where reading ended. */
export class JsonError extends Error {
  override readonly name = 'JsonError'
  readonly fault: JsonFault
  readonly position: Position
  constructor(fault: JsonFault, position: Position, message: string) {
    super(message)
    this.fault = fault
    this.position = position
  }
}

/** How large and deep a text may be. */
export interface JsonLimits {
  /** UTF-16 units; the largest policy parameter of AWS's APIs is 131,072. */
  readonly maxLength: number
  readonly maxDepth: number
}

export const defaultJsonLimits: JsonLimits = { maxLength: 1_048_576, maxDepth: 32 }

interface Reader {
  readonly text: string
  readonly maxDepth: number
  offset: number
  line: number
  lineStart: number
}

/**
 * Reads one JSON text (RFC 8259) into nodes that know their place.
 * @throws JsonError at the first fault
 */
export function readJson(text: string, limits: JsonLimits = defaultJsonLimits): JsonNode {
  const reader: Reader = { text, maxDepth: limits.maxDepth, offset: 0, line: 1, lineStart: 0 }
  if (text.length > limits.maxLength) {
    fail(reader, 'too-large', `The text is longer than ${limits.maxLength} characters`)
  }
  if (text.charCodeAt(0) === 0xfeff) {
    fail(reader, 'byte-order-mark', 'The text begins with a byte order mark')
  }
  skipSpace(reader)
  const node = readValue(reader, 0)
  skipSpace(reader)
  if (reader.offset < text.length) fail(reader, 'trailing-text', 'Text after the end of the JSON')
  return node
}

function fail(reader: Reader, fault: JsonFault, message: string, at = here(reader)): never {
  throw new JsonError(fault, at, message)
}

function unexpected(reader: Reader, wanted: string): never {
  if (reader.offset >= reader.text.length) {
    fail(reader, 'unexpected-end', `The text ends where ${wanted} should follow`)
  }
  fail(reader, 'unexpected-character', `Here should follow ${wanted}`)
}

function here(reader: Reader): Position {
  const { offset, line, lineStart } = reader
  return { offset, line, column: offset - lineStart + 1 }
}

function skipSpace(reader: Reader): void {
  const { text } = reader
  for (; reader.offset < text.length; reader.offset++) {
    const code = text.charCodeAt(reader.offset)
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(reader.offset + 1) !== 0x0a)) {
      reader.line++
      reader.lineStart = reader.offset + 1
    } else if (code !== 0x20 && code !== 0x09 && code !== 0x0d) return
  }
}

/** The recursion is bounded by `maxDepth`. */
function readValue(reader: Reader, depth: number): JsonNode {
  const code = reader.text.charCodeAt(reader.offset)
  if (code === 0x22) {
    const start = here(reader)
    const value = readString(reader)
    return { type: 'string', value, start, end: here(reader) }
  }
  if (code === 0x7b || code === 0x5b) {
    if (depth >= reader.maxDepth) fail(reader, 'too-deep', `Nested deeper than ${reader.maxDepth}`)
    return code === 0x7b ? readObject(reader, depth + 1) : readArray(reader, depth + 1)
  }
  return readScalar(reader)
}

function readObject(reader: Reader, depth: number): JsonObject {
  const start = here(reader)
  const members: JsonMember[] = []
  const seen = new Set<string>()
  reader.offset++
  skipSpace(reader)
  if (taken(reader, '}')) return { type: 'object', members, start, end: here(reader) }
  for (;;) {
    if (reader.text[reader.offset] !== '"') unexpected(reader, 'a key in double quotes')
    const at = here(reader)
    const key = readString(reader)
    if (seen.has(key)) fail(reader, 'duplicate-key', 'This key stands twice in its object', at)
    seen.add(key)
    const keyEnd = here(reader)
    skipSpace(reader)
    if (!taken(reader, ':')) unexpected(reader, 'a colon')
    skipSpace(reader)
    const value = readValue(reader, depth)
    members.push({ key, start: at, keyEnd, value, end: value.end })
    skipSpace(reader)
    if (taken(reader, '}')) return { type: 'object', members, start, end: here(reader) }
    if (!taken(reader, ',')) unexpected(reader, 'a comma or a closing brace')
    skipSpace(reader)
  }
}

function readArray(reader: Reader, depth: number): JsonArray {
  const start = here(reader)
  const items: JsonNode[] = []
  const commas: Position[] = []
  reader.offset++
  skipSpace(reader)
  if (taken(reader, ']')) return { type: 'array', items, commas, start, end: here(reader) }
  for (;;) {
    items.push(readValue(reader, depth))
    skipSpace(reader)
    const at = here(reader)
    if (taken(reader, ']')) return { type: 'array', items, commas, start, end: here(reader) }
    if (!taken(reader, ',')) unexpected(reader, 'a comma or a closing bracket')
    commas.push(at)
    skipSpace(reader)
  }
}

function taken(reader: Reader, character: string): boolean {
  if (reader.text[reader.offset] !== character) return false
  reader.offset++
  return true
}

const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

function readScalar(reader: Reader): JsonNode {
  const start = here(reader)
  scalar.lastIndex = reader.offset
  const text = scalar.exec(reader.text)?.[0]
  if (text === undefined) {
    if (/[-\d]/.test(reader.text[reader.offset] ?? '')) {
      fail(reader, 'invalid-number', 'This is not a JSON number')
    }
    unexpected(reader, 'a value')
  }
  reader.offset += text.length
  const end = here(reader)
  if (text === 'null') return { type: 'null', start, end }
  if (text === 'true' || text === 'false') {
    return { type: 'boolean', value: text === 'true', start, end }
  }
  return { type: 'number', text, start, end }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

function readString(reader: Reader): string {
  const { text } = reader
  const opening = here(reader)
  let value = ''
  let from = ++reader.offset
  for (;;) {
    const code = text.charCodeAt(reader.offset)
    if (code === 0x22) break
    if (Number.isNaN(code)) fail(reader, 'unexpected-end', 'The text ends inside a string')
    if (code < 0x20) fail(reader, 'control-character', 'A control character inside a string')
    if (code === 0x5c) {
      value += text.slice(from, reader.offset) + readEscape(reader)
      from = reader.offset
    } else reader.offset++
  }
  value += text.slice(from, reader.offset)
  reader.offset++
  if (!value.isWellFormed()) {
    fail(reader, 'lone-surrogate', 'Half of a surrogate pair inside this string', opening)
  }
  return value
}

function readEscape(reader: Reader): string {
  const letter = reader.text[reader.offset + 1] ?? ''
  if (letter === 'u') {
    const digits = reader.text.slice(reader.offset + 2, reader.offset + 6)
    if (!/^[\da-fA-F]{4}$/.test(digits)) fail(reader, 'invalid-escape', 'Unknown escape sequence')
    reader.offset += 6
    return String.fromCharCode(Number.parseInt(digits, 16))
  }
  const character = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined
  if (character === undefined) fail(reader, 'invalid-escape', 'Unknown escape sequence')
  reader.offset += 2
  return character
}
