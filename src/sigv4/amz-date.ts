/** Three-letter months as RFC 1123 writes them. */
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const rfc1123 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/
const extended = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/

/** Epoch milliseconds as `YYYYMMDDTHHMMSSZ`, the form of `X-Amz-Date`; parts of a second are cut. */
export const formatAmzDate = (epochMilliseconds: number): string =>
  new Date(Math.floor(epochMilliseconds / 1000) * 1000).toISOString().replace(/[-:]|\.000/g, '')

/** Reads `digits` digits at `at`; NaN when one is not a digit. */
function number(text: string, at: number, digits: number): number {
  let value = 0
  for (let i = at; i < at + digits; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** Undefined unless the six numbers name a real second; NaN fails every comparison. */
function instant(y: number, mo: number, d: number, h: number, mi: number, s: number) {
  if (!(y >= 1000 && mo >= 1 && mo <= 12 && d >= 1 && h <= 23 && mi <= 59 && s <= 59)) {
    return undefined
  }
  const lastDay =
    mo === 2 ? (isLeap(y) ? 29 : 28) : mo === 4 || mo === 6 || mo === 9 || mo === 11 ? 30 : 31
  return d <= lastDay ? Date.UTC(y, mo - 1, d, h, mi, s) : undefined
}

const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0

/** Reads ISO 8601 basic form, the only one allowed in a string to sign. */
export function parseBasicDate(text: string): number | undefined {
  if (text.length !== 16 || text.charCodeAt(8) !== 0x54 || text.charCodeAt(15) !== 0x5a) {
    return undefined
  }
  return instant(
    number(text, 0, 4),
    number(text, 4, 2),
    number(text, 6, 2),
    number(text, 9, 2),
    number(text, 11, 2),
    number(text, 13, 2),
  )
}

/** Reads a date header: ISO 8601 basic or extended form, or the RFC 1123 form of `Date`. */
export function parseHeaderDate(text: string): number | undefined {
  const basic = parseBasicDate(text)
  if (basic !== undefined) return basic
  const iso = extended.exec(text)
  if (iso !== null) {
    const [, y, mo, d, h, mi, s] = iso
    return instant(Number(y), Number(mo), Number(d), Number(h), Number(mi), Number(s))
  }
  const http = rfc1123.exec(text)
  if (http === null) return undefined
  const [, d, name = '', y, h, mi, s] = http
  const month = months.indexOf(name) + 1
  return instant(Number(y), month, Number(d), Number(h), Number(mi), Number(s))
}
