import { baseOperators } from '../../condition/operator-names.ts'
import type { Fault, Located } from '../../document.ts'
import { JsonError } from '../../json.ts'
import { didYouMean, guess, type LintContext, quoted, report } from '../context.ts'
import type { Finding, Fix } from '../finding.ts'
import { type LintCode, ruleByCode } from '../lint-rules.ts'

const codes: Readonly<Record<string, LintCode>> = {
  'both-elements': 'unsupported-element-combination',
  'empty-statement': 'empty-statement',
  'invalid-effect': 'invalid-effect',
  'missing-effect': 'missing-effect',
  'missing-statement': 'missing-statement',
  'not-an-object': 'data-type-mismatch',
  'unknown-operator': 'invalid-condition-operator',
  'unknown-version': 'invalid-version',
  'wrong-type': 'data-type-mismatch',
}

/** Every fault the reader found; one of a kind that is not known here is an invalid element. */
export function checkFaults(context: LintContext): void {
  for (const fault of context.document.faults) {
    if (fault.code === 'unknown-operator') operatorFault(context, fault)
    else if (fault.code === 'unknown-element') elementFault(context, fault)
    else if (fault.code === 'invalid-effect') effectFault(context, fault)
    else report(context, codes[fault.code] ?? 'invalid-policy-element', fault, `${fault.message}.`)
  }
}

const documentElements = ['Version', 'Id', 'Statement']
const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

function elementFault(context: LintContext, fault: Fault): void {
  const names = fault.path.includes('.') ? statementElements : documentElements
  const name = guess(context, fault.subject, names)
  const message = `${quoted(fault.subject)} is no policy element.${didYouMean(name)}`
  report(context, 'invalid-policy-element', fault, message, rename(fault, name))
}

function effectFault(context: LintContext, fault: Fault): void {
  const name = guess(context, fault.subject, ['Allow', 'Deny'])
  const message = `Effect is Allow or Deny, not ${quoted(fault.subject)}.${didYouMean(name)}`
  report(context, 'invalid-effect', fault, message, rename(fault, name))
}

function operatorFault(context: LintContext, fault: Fault): void {
  const written = fault.subject
  const set = /^(?:ForAllValues|ForAnyValue):/i.exec(written)?.[0] ?? ''
  const ifExists = /IfExists$/i.test(written)
  const name = written.slice(set.length, ifExists ? -'IfExists'.length : undefined)
  if (name.toLowerCase() === 'null' && (set !== '' || ifExists)) {
    const code = set === '' ? 'null-with-if-exists' : 'null-with-qualifier'
    const message = 'Null tests whether the key is there, so it stands alone.'
    report(context, code, fault, message, rename(fault, 'Null'))
    return
  }
  const base = guess(context, name, baseOperators.keys())
  const prefix = set === '' ? '' : /^forall/i.test(set) ? 'ForAllValues:' : 'ForAnyValue:'
  const whole = base === undefined ? undefined : `${prefix}${base}${ifExists ? 'IfExists' : ''}`
  const message = `${quoted(written)} is no condition operator.${didYouMean(whole)}`
  report(context, 'invalid-condition-operator', fault, message, rename(fault, whole))
}

function rename(at: Located, name: string | undefined): Fix | undefined {
  if (name === undefined) return undefined
  const text = JSON.stringify(name)
  const edits = [{ start: at.start.offset, end: at.end.offset, text }]
  return { description: `Replace with ${quoted(name)}`, edits }
}

/** What stops the reader altogether. */
export function jsonFinding(error: unknown): Finding {
  if (!(error instanceof JsonError)) throw error
  const code: LintCode =
    error.fault === 'too-large'
      ? 'policy-too-large'
      : error.fault === 'duplicate-key'
        ? 'duplicate-key'
        : 'json-syntax-error'
  const { line, column } = error.position
  const { severity } = ruleByCode[code]
  return { code, severity, message: `${error.message}.`, path: '', line, column }
}
