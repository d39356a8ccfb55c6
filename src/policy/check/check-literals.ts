import { arnPatternOf } from '../condition/arn-pattern.ts'
import { isBase64 } from '../condition/base64.ts'
import { parseDate } from '../condition/date.ts'
import { parseDecimal } from '../condition/decimal.ts'
import { parseIpNetwork } from '../condition/ip.ts'
import type { OperatorFamily } from '../condition/operator-names.ts'
import type { PolicyDocument } from '../document.ts'
import { compileGlob } from '../pattern/glob.ts'
import { isPlain, parseTemplate } from '../pattern/template.ts'
import { legacyText, refuse } from './check-grammar.ts'

/** An ARN with variables can only be judged when they have values. */
function isArnValue(value: string): boolean {
  if (!isPlain(parseTemplate(value))) return true
  return arnPatternOf(compileGlob(value).segments) !== undefined
}

/** Bool and Null take any text: all but `true` is false. */
function isValidLiteral(family: OperatorFamily, value: string): boolean {
  switch (family) {
    case 'numeric':
      return parseDecimal(value) !== undefined
    case 'date':
      return parseDate(value) !== undefined
    case 'ip':
      return typeof parseIpNetwork(value) === 'object'
    case 'binary':
      return isBase64(value)
    case 'arn':
      return isArnValue(value)
    default:
      return true
  }
}

/** What IAM refuses to store; STS stores it in a session policy, where it never matches. */
export function checkLiterals(document: PolicyDocument, only?: OperatorFamily): void {
  for (const { condition } of document.statements) {
    for (const { parsedOperator, values } of condition ?? []) {
      const family = parsedOperator?.family
      if (family === undefined || (only !== undefined && family !== only)) continue
      for (const value of values) {
        if (!isValidLiteral(family, value.value)) refuse('literal', legacyText, value)
      }
    }
  }
}
