import { trustActions } from '../../check/check-trust-policy.ts'
import type { Statement, Text } from '../../document.ts'
import {
  didYouMean,
  guess,
  isAllow,
  type LintContext,
  quoted,
  replaceText,
  report,
} from '../context.ts'
import { matchedActions } from '../matched-actions.ts'
import { type Service, serviceOf, servicePrefixes } from '../service-data.ts'
import { reportRedundant } from './report-redundant.ts'

/** Action and NotAction: each entry exists, and none says what another one says. */
export function checkActions(context: LintContext): void {
  for (const statement of context.document.statements) {
    for (const list of [statement.action, statement.notAction]) {
      if (list === undefined) continue
      for (const entry of list.items) checkAction(context, statement, entry)
      const textOf = ({ value }: Text): string => value.toLowerCase()
      reportRedundant(context, 'redundant-action', list.items, { textOf })
    }
  }
}

function checkAction(context: LintContext, statement: Statement, entry: Text): void {
  const { value } = entry
  if (value.includes('${')) {
    const message = 'Variables do not expand in actions.'
    report(context, 'variable-unsupported-in-element', entry, message)
    return
  }
  if (value === '*') {
    checkLoneStar(context, statement, entry)
    return
  }
  const parts = value.split(':')
  const [prefix = '', name = ''] = parts
  if (parts.length !== 2 || prefix === '' || name === '') {
    report(context, 'invalid-action', entry, `${quoted(value)} has not the form service:Action.`)
  } else if (/[*?]/.test(prefix)) {
    const message = `The service of ${quoted(value)} takes no wildcard; only a lone * spans services.`
    report(context, 'wildcard-in-service-name', entry, message)
  } else {
    const service = serviceOf(prefix.toLowerCase())
    if (service === undefined) unknownService(context, entry, prefix, name)
    else {
      checkName(context, entry, service, name)
      checkForKind(context, entry, service)
    }
  }
}

function checkLoneStar(context: LintContext, statement: Statement, entry: Text): void {
  if (context.kind === 'trust') {
    const message = 'A trust policy names sts actions, not *.'
    report(context, 'unsupported-action-in-policy', entry, message)
  } else if (context.kind === 'rcp' && statement.action !== undefined) {
    const message = 'A resource control policy names the service: * alone is refused.'
    report(context, 'unsupported-action-in-policy', entry, message)
  }
}

function unknownService(context: LintContext, entry: Text, prefix: string, name: string): void {
  const right = guess(context, prefix, servicePrefixes())
  const whole = right === undefined ? undefined : `${right}:${name}`
  const message = `No service has the prefix ${quoted(prefix)}.${didYouMean(whole)}`
  const fix = whole === undefined ? undefined : replaceText(entry, whole)
  report(context, 'invalid-service-in-action', entry, message, fix)
}

function checkName(context: LintContext, entry: Text, service: Service, name: string): void {
  const matched = matchedActions(context, entry.value)
  if (matched === undefined || matched.length > 0) return
  if (/[*?]/.test(name)) {
    const message = `No action of ${service.prefix} fits ${quoted(entry.value)}.`
    report(context, 'action-pattern-matches-nothing', entry, message)
    return
  }
  const names = [...service.actions.values()].map((action) => action.name)
  const right = guess(context, name, names)
  const whole = right === undefined ? undefined : `${service.prefix}:${right}`
  const message = `The action ${quoted(entry.value)} does not exist.${didYouMean(whole)}`
  const fix = whole === undefined ? undefined : replaceText(entry, whole)
  report(context, 'invalid-action', entry, message, fix)
}

const ofTrust: ReadonlySet<string> = new Set(trustActions.map((action) => action.toLowerCase()))

function checkForKind(context: LintContext, entry: Text, service: Service): void {
  const { kind } = context
  if (kind === 'trust') {
    const matched = matchedActions(context, entry.value) ?? []
    if (matched.length === 0 && service.prefix === 'sts') return
    if (matched.some(({ lower }) => ofTrust.has(`${service.prefix}:${lower}`))) return
    const message = `A trust policy is about assuming its role, not about ${quoted(entry.value)}.`
    report(context, 'unsupported-action-in-policy', entry, message)
  } else if (kind === 'rcp' && !service.underRcps) {
    const message = `Resource control policies do not cover ${service.prefix}.`
    report(context, 'unsupported-action-in-policy', entry, message)
  }
}

/** Allow with NotAction, which reaches what AWS has yet to invent. */
export function checkNotAction(context: LintContext): void {
  for (const statement of context.document.statements) {
    const { notAction } = statement
    if (notAction === undefined || !isAllow(statement) || context.kind === 'scp') continue
    const message = 'Everything that is not listed is allowed, future actions too.'
    report(context, 'allow-with-not-action', notAction, message)
  }
}
