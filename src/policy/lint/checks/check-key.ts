import { passesAbsent } from '../../condition/operator-names.ts'
import type { ConditionClause, Statement } from '../../document.ts'
import { type FoundKey, keyCandidates } from '../condition-keys.ts'
import {
  didYouMean,
  guess,
  isDeny,
  type LintContext,
  quoted,
  replaceText,
  report,
} from '../context.ts'
import type { Edit, Fix } from '../finding.ts'
import type { LintCode } from '../lint-rules.ts'
import { matchedActions } from '../matched-actions.ts'
import { type ConditionKey, servicePrefixes } from '../service-data.ts'
import { fullDate, hasZone } from './date-zone.ts'

/** Whether the key exists, and whether an action of the statement carries it. */
export function checkKey(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  found: FoundKey,
): void {
  switch (found.found) {
    case 'format': {
      const message = `${quoted(clause.key.value)} has not the form service:name.`
      report(context, 'invalid-condition-key-format', clause.key, message)
      return
    }
    case 'no-name': {
      const message = `${quoted(clause.key.value)} needs a name: ${found.pattern.replace('*', '')}<name>.`
      report(context, 'missing-tag-key-in-condition', clause.key, message)
      return
    }
    case 'unknown-claim': {
      const message = `AWS makes no condition key of the claim in ${quoted(clause.key.value)}.`
      report(context, 'unknown-provider-claim', clause.key, message)
      return
    }
    case 'global-unknown':
      unknownKey(context, statement, clause, 'invalid-global-condition-key')
      return
    case 'service-unknown':
      unknownKey(context, statement, clause, 'invalid-service-condition-key')
      return
    case 'prefix-unknown':
      unknownPrefix(context, clause)
      return
    case 'service':
      checkCarried(context, statement, clause, found.key)
      return
    default:
  }
}

function unknownKey(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  code: LintCode,
): void {
  const { value } = clause.key
  const colon = value.indexOf(':')
  const slash = value.indexOf('/')
  const prefix = value.slice(0, colon)
  const name = slash === -1 ? value : value.slice(0, slash)
  const right = guess(context, name, keyCandidates(prefix))
  const whole = right === undefined || slash === -1 ? right : right + value.slice(slash)
  if (isRevocation(statement, clause, whole)) {
    revokesNothing(context, clause, whole ?? '')
    return
  }
  const operator = clause.parsedOperator
  const effect =
    operator !== undefined && passesAbsent(operator, isDeny(statement))
      ? 'so the test always holds'
      : 'so the statement never applies'
  const message = `No request has the key ${quoted(value)}, ${effect}.${didYouMean(whole)}`
  const fix = whole === undefined ? undefined : replaceText(clause.key, whole)
  report(context, code, clause.key, message, fix)
}

/** A Deny by the age of sessions, with a key that no session has. */
function isRevocation(
  statement: Statement,
  clause: ConditionClause,
  meant: string | undefined,
): boolean {
  return (
    isDeny(statement) &&
    meant?.toLowerCase() === 'aws:tokenissuetime' &&
    clause.parsedOperator?.family === 'date'
  )
}

/**
 * The typo alone makes the policy void. A date without a zone beside it is not why: AWS takes it,
 * as UTC; but the fix writes it in full, so that nobody has to know that.
 */
function revokesNothing(context: LintContext, clause: ConditionClause, right: string): void {
  const { key } = clause
  const edits: Edit[] = [
    { start: key.start.offset, end: key.end.offset, text: JSON.stringify(right) },
  ]
  let dates = ''
  for (const value of clause.values) {
    if (hasZone(value.value)) continue
    const full = fullDate(value.value)
    if (full === undefined) {
      dates += ` ${quoted(value.value)} is no date either.`
      continue
    }
    edits.push({ start: value.start.offset, end: value.end.offset, text: JSON.stringify(full) })
    dates += ` The date ${quoted(value.value)} has no zone; AWS would read it as UTC, so write ${quoted(full)}.`
  }
  const what = dates === '' ? '' : ' and give the date its zone'
  const description = `Name the key ${right}${what}`
  const message =
    `This policy revokes nothing: no session has the key ${quoted(key.value)}, so the Deny never applies. ` +
    `The key is ${quoted(right)}.${dates}`
  report(context, 'revocation-revokes-nothing', key, message, { description, edits })
}

function unknownPrefix(context: LintContext, clause: ConditionClause): void {
  const { value } = clause.key
  const colon = value.indexOf(':')
  const prefix = value.slice(0, colon)
  const right = guess(context, prefix, ['aws', 'saml', ...servicePrefixes()])
  const whole = right === undefined ? undefined : right + value.slice(colon)
  const fix: Fix | undefined = whole === undefined ? undefined : replaceText(clause.key, whole)
  const message = `No service or identity provider has keys of ${quoted(prefix)}.${didYouMean(whole)}`
  report(context, 'invalid-condition-key-service', clause.key, message, fix)
}

/** A key of a service is in a request only when the action is one that carries it. */
function checkCarried(
  context: LintContext,
  statement: Statement,
  clause: ConditionClause,
  key: ConditionKey,
): void {
  if (context.kind === 'trust' || statement.action === undefined) return
  for (const entry of statement.action.items) {
    const matched = matchedActions(context, entry.value)
    // What is not known may carry the key.
    if (matched === undefined || matched.length === 0) return
    if (matched.some(({ keys }) => keys.some(({ name }) => name === key.name))) return
  }
  const message = `No action of the statement is documented to carry ${quoted(clause.key.value)}.`
  report(context, 'unsupported-action-for-condition-key', clause.key, message)
}
