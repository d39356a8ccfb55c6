import { SignatureError } from './signature-error.ts'

const percent = 0x25
const plus = 0x2b

/** 1 for `A-Z a-z 0-9 - . _ ~`, the characters that canonical text never escapes. */
const unreserved = new Uint8Array(256)
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~') {
  unreserved[c.charCodeAt(0)] = 1
}

const escapes: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
)

const isUnreserved = (code: number): boolean => code < 256 && unreserved[code] === 1

const hexDigit = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** Text as bytes in a string: characters above U+00FF become their UTF-8 bytes, the rest are bytes already. */
export function toByteString(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0xff) return Buffer.from(text, 'utf8').toString('latin1')
  }
  return text
}

const escapeByte = (code: number): string =>
  isUnreserved(code) ? String.fromCharCode(code) : (escapes[code] ?? '')

/** Escapes every byte but the unreserved ones and, when asked, `/`. A `%` is escaped like any other. */
export function percentEncode(text: string, keepSlash = false): string {
  const bytes = toByteString(text)
  let out = ''
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i)
    out += keepSlash && code === 0x2f ? '/' : escapeByte(code)
  }
  return out
}

/** Like {@link percentEncode}, for text that is a value and not yet bytes: a token, a header list. */
export const percentEncodeUtf8 = (text: string): string =>
  percentEncode(Buffer.from(text, 'utf8').toString('latin1'))

/** True when every `%` is followed by two hex digits. */
export function hasWellFormedEscapes(text: string): boolean {
  for (let i = text.indexOf('%'); i !== -1; i = text.indexOf('%', i + 3)) {
    if (i + 2 >= text.length) return false
    if (hexDigit(text.charCodeAt(i + 1)) < 0 || hexDigit(text.charCodeAt(i + 2)) < 0) return false
  }
  return true
}

/**
 * Brings encoded text to its one canonical spelling: needless escapes decoded, hex in upper case, the rest escaped.
 * A `+` is a space in a query, so that what is verified is what a form decoder reads.
 *
 * @throws SignatureError `MalformedQueryString` with AWS's wording for a broken escape
 */
export function canonicalElement(text: string, plusIsSpace: boolean): string {
  let i = 0
  while (i < text.length && isUnreserved(text.charCodeAt(i))) i++
  if (i === text.length) return text
  const bytes = toByteString(text)
  let out = bytes.slice(0, i)
  while (i < bytes.length) {
    const code = bytes.charCodeAt(i)
    if (code === percent) {
      out += escapeByte(decodeEscape(bytes, i))
      i += 3
    } else {
      out += code === plus && plusIsSpace ? '%20' : escapeByte(code)
      i++
    }
  }
  return out
}

function decodeEscape(text: string, at: number): number {
  if (at + 2 >= text.length) {
    throw new SignatureError('MalformedQueryString', 'Incomplete trailing escape % sequence')
  }
  const high = hexDigit(text.charCodeAt(at + 1))
  const low = hexDigit(text.charCodeAt(at + 2))
  if (high < 0 || low < 0) {
    const digits = text.slice(at + 1, at + 3)
    throw new SignatureError(
      'MalformedQueryString',
      `Illegal hex character in escape % pattern: %${digits}`,
    )
  }
  return high * 16 + low
}

/** Decodes canonical text; bytes that are not UTF-8 are left escaped, and so can equal no expected value. */
export function percentDecode(canonical: string): string {
  if (!canonical.includes('%')) return canonical
  try {
    return decodeURIComponent(canonical)
  } catch {
    return canonical
  }
}
