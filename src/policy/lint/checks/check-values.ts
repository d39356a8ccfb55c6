import { isBase64 } from '../../condition/base64.ts'
import { parseDate } from '../../condition/date.ts'
import { parseDecimal } from '../../condition/decimal.ts'
import { parseIpNetwork } from '../../condition/ip.ts'
import type { Operator } from '../../condition/operator-names.ts'
import type { ConditionClause, ConditionValue } from '../../document.ts'
import { hasVariables, type LintContext, quoted, replaceText, report } from '../context.ts'
import type { ConditionKey } from '../service-data.ts'
import { withoutVariables } from '../without-variables.ts'
import { fullDate, hasZone } from './date-zone.ts'

type Check = (
  context: LintContext,
  clause: ConditionClause,
  operator: Operator,
  value: ConditionValue,
  key: ConditionKey | undefined,
) => void

/** Whether a value is one that the operator can compare with. */
export const checkValue: Check = (context, clause, operator, value, key) => {
  const { family } = operator
  const expands = family === 'arn' || family.startsWith('string')
  if (value.value.includes('${')) {
    if (expands) literalWildcard(context, operator, value)
    else if (hasVariables(context.document)) {
      const message = `${operator.name} does not expand the variables of ${quoted(value.value)}.`
      report(context, 'invalid-variable-for-operator', value, message)
    }
    return
  }
  const check = checks[family]
  check?.(context, clause, operator, value, key)
}

const numeric: Check = (context, _clause, operator, value) => {
  if (parseDecimal(value.value) !== undefined) return
  const message = `${quoted(value.value)} is no number, so ${outcome(operator)}.`
  report(context, 'type-mismatch-number', value, message)
}

const outcome = (operator: Operator): string =>
  operator.negated ? 'the test always holds' : 'the test never holds'

const date: Check = (context, clause, _operator, value) => {
  const text = value.value
  if (parseDate(text) === undefined) {
    const message = `${quoted(text)} is no date; write it as 2026-01-31T23:59:59Z.`
    report(context, 'invalid-date-value', value, message)
    return
  }
  if (hasZone(text)) return
  const full = fullDate(text)
  const revokes = clause.key.value.toLowerCase() === 'aws:tokenissuetime'
  const danger = revokes ? ' A local time would revoke the wrong sessions.' : ''
  const message = `${quoted(text)} has no zone; AWS reads it as UTC.${danger}`
  const fix = full === undefined ? undefined : replaceText(value, full)
  report(context, 'date-without-zone', value, message, fix)
}

const bool: Check = (context, _clause, operator, value) => {
  if (/^(?:true|false)$/i.test(value.value)) return
  const message = `${operator.name} takes true or false; AWS reads ${quoted(value.value)} as false.`
  report(context, 'type-mismatch-boolean', value, message)
}

const ip: Check = (context, clause, _operator, value) => {
  const text = value.value
  const network = parseIpNetwork(text)
  if (network === undefined) {
    report(context, 'type-mismatch-ip-range', value, `${quoted(text)} is no IP address or range.`)
    return
  }
  if (network === 'nobody') {
    const message = `The IPv6 range ${quoted(text)} has bits behind its prefix, so it matches nobody.`
    report(context, 'ip-range-never-matches', value, message)
    return
  }
  const { address, prefix } = network
  if (typeof address !== 'number') {
    if (address.slice(0, 5).every((group) => group === 0) && address[5] === 0xffff) {
      const message = `AWS compares mapped addresses as IPv4, so ${quoted(text)} matches nobody.`
      report(context, 'ip-range-never-matches', value, message)
    }
    return
  }
  const base = prefix === 0 ? 0 : (address & (-1 << (32 - prefix))) >>> 0
  if (base !== address) {
    const plain = `${ipv4(base)}/${prefix}`
    const message = `${quoted(text)} is the range ${plain}.`
    report(context, 'improve-ip-range', value, message, replaceText(value, plain))
  }
  if (clause.key.value.toLowerCase() === 'aws:sourceip' && isPrivate(base, prefix)) {
    const message = `aws:SourceIp is never the private address ${quoted(text)}; aws:VpcSourceIp may be.`
    report(context, 'private-ip-address', value, message)
  }
}

const ipv4 = (address: number): string =>
  [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.')

function isPrivate(address: number, prefix: number): boolean {
  const within = (base: number, length: number): boolean =>
    prefix >= length && address >>> (32 - length) === base >>> (32 - length)
  return within(0x0a000000, 8) || within(0xac100000, 12) || within(0xc0a80000, 16)
}

const arn: Check = (context, clause, _operator, value) => {
  const text = value.value
  const parts = text.split(':')
  if (text === '*' || (parts.length >= 6 && /^arn$|[*?]/.test(parts[0] ?? ''))) return
  const message = `${quoted(text)} is no ARN of six parts, so ${clause.key.value} never fits it.`
  report(context, 'type-mismatch-arn', value, message)
}

const binary: Check = (context, _clause, _operator, value) => {
  if (isBase64(value.value)) return
  report(context, 'type-mismatch-binary', value, `${quoted(value.value)} is not base64.`)
}

/** `${*}` is how a star that is meant is written, and it is a variable. */
function literalWildcard(context: LintContext, operator: Operator, value: ConditionValue): void {
  if (operator.family !== 'string' && operator.family !== 'string-ignore-case') return
  if (!/[*?]/.test(withoutVariables(value.value, ''))) return
  const name = operator.negated ? 'StringNotLike' : 'StringLike'
  const message = `${operator.name} compares * and ? as characters; ${name} has wildcards.`
  report(context, 'wildcard-without-like-operator', value, message)
}

/** Operators that compare text as it is. */
const string: Check = (context, _clause, operator, value, key) => {
  const text = value.value
  literalWildcard(context, operator, value)
  if (key === undefined) return
  typedText(context, operator, value, key)
  const name = key.name.toLowerCase()
  if (/[*?]/.test(text)) return
  if (name === 'aws:sourcevpc' && !/^vpc-/.test(text)) {
    report(
      context,
      'invalid-vpc-format',
      value,
      `The id of a VPC begins with vpc-, unlike ${quoted(text)}.`,
    )
  } else if (name === 'aws:sourcevpce' && !/^vpce-/.test(text)) {
    const message = `The id of a VPC endpoint begins with vpce-, unlike ${quoted(text)}.`
    report(context, 'invalid-vpce-format', value, message)
  }
}

/** A string operator on a typed key can only match text of that type. */
function typedText(
  context: LintContext,
  operator: Operator,
  value: ConditionValue,
  key: ConditionKey,
): void {
  const text = value.value
  if (operator.family === 'string-like' && /[*?]/.test(text)) return
  const says = `${quoted(key.name)} never has the value ${quoted(text)}`
  if (key.type === 'numeric' && parseDecimal(text) === undefined) {
    report(context, 'type-mismatch-number', value, `${says}: it is no number.`)
  } else if (key.type === 'bool' && !/^(?:true|false)$/i.test(text)) {
    report(context, 'type-mismatch-boolean', value, `${says}: it is neither true nor false.`)
  } else if (key.type === 'date' && parseDate(text) === undefined) {
    report(context, 'invalid-date-value', value, `${says}: it is no date.`)
  }
}

const checks: Readonly<Record<Operator['family'], Check | undefined>> = {
  string,
  'string-ignore-case': string,
  'string-like': string,
  numeric,
  date,
  bool,
  null: bool,
  ip,
  arn,
  binary,
}
