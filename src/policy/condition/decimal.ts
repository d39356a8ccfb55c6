/** A decimal number of any precision: `0.digits` times ten to the power `point`, times `sign`. */
export interface Decimal {
  readonly sign: -1 | 0 | 1
  /** Without leading or trailing zeros, so that equal numbers have equal digits. */
  readonly digits: string
  readonly point: number
}

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

/** Reads `1`, `01`, `+1`, `1.`, `.5`, `1e3`; anything else, spaces included, is no number. */
export function parseDecimal(text: string): Decimal | undefined {
  const parts = form.exec(text)
  if (parts === null) return undefined
  const whole = parts[2] ?? ''
  const fraction = parts[3] ?? ''
  if (whole === '' && fraction === '') return undefined
  const exponent = Number(parts[4] ?? 0)
  if (exponent > 0x7fffffff || exponent < -0x80000000) return undefined
  const all = whole + fraction
  const first = firstNonZero(all)
  if (first === all.length) return { sign: 0, digits: '', point: 0 }
  return {
    sign: parts[1] === '-' ? -1 : 1,
    digits: all.slice(first, lastNonZero(all) + 1),
    point: whole.length + exponent - first,
  }
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign
  const bySize = a.point - b.point || (a.digits === b.digits ? 0 : a.digits < b.digits ? -1 : 1)
  return a.sign * bySize
}

function firstNonZero(digits: string): number {
  let at = 0
  while (at < digits.length && digits.charCodeAt(at) === 0x30) at++
  return at
}

function lastNonZero(digits: string): number {
  let at = digits.length - 1
  while (digits.charCodeAt(at) === 0x30) at--
  return at
}
