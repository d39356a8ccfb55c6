import type { Located, Statement, TextList } from '../../document.ts'
import type { PolicyKind } from '../../policy.ts'
import { addedVersion, isAllow, type LintContext, quoted, replaceText, report } from '../context.ts'

const withPrincipal: ReadonlySet<PolicyKind> = new Set(['trust', 'resource', 'rcp', 'vpc-endpoint'])
/** Kinds whose statements IAM stores, and whose Sids it holds to letters and digits. */
const ofIam: ReadonlySet<PolicyKind> = new Set(['identity', 'boundary', 'session', 'trust'])

/** Which elements there are, which are missing, and which the kind of policy does not take. */
export function checkElements(context: LintContext): void {
  checkVersion(context)
  checkSids(context)
  for (const statement of context.document.statements) {
    checkRequired(context, statement)
    checkPrincipalElement(context, statement)
    checkKind(context, statement)
    checkEmpty(context, statement)
    if (statement.effect !== undefined) checkEffectCase(context, statement)
  }
}

function checkVersion(context: LintContext): void {
  const { document, kind } = context
  const { version } = document
  if (version === undefined) {
    if (context.faulty.has('Version') || context.faulty.has('')) return
    const message = 'Without Version the policy is of 2008-10-17 and knows no variables.'
    report(context, 'missing-version', head(document), message, addedVersion(document))
  } else if (version.value === '2008-10-17') {
    const fix = replaceText(version, '2012-10-17')
    if (kind === 'identity' || kind === 'boundary' || kind === 'scp') {
      const message = 'AWS stores this kind of policy in version 2012-10-17 only.'
      report(context, 'unsupported-version', version, message, fix)
    } else {
      const message = 'Version 2008-10-17 knows no policy variables; use 2012-10-17.'
      report(context, 'old-version', version, message, fix)
    }
  }
}

/** The first character: a finding about a whole document should not underline all of it. */
function head({ start, path }: Located): Located {
  return { path, start, end: { ...start, offset: start.offset + 1, column: start.column + 1 } }
}

function checkSids(context: LintContext): void {
  const seen = new Set<string>()
  for (const { sid } of context.document.statements) {
    if (sid === undefined || sid.value === '') continue
    const { value } = sid
    if (seen.has(value)) {
      const message = `Another statement has the Sid ${quoted(value)} already.`
      report(context, 'unique-sids-required', sid, message)
    }
    seen.add(value)
    if (ofIam.has(context.kind) && !/^[A-Za-z0-9]*$/.test(value)) {
      const plain = value.replace(/[^A-Za-z0-9]+/g, '')
      const message = `A Sid has only letters and digits, unlike ${quoted(value)}.`
      const fix = plain === '' || seen.has(plain) ? undefined : replaceText(sid, plain)
      report(context, 'unsupported-sid', sid, message, fix)
    }
  }
}

function checkRequired(context: LintContext, statement: Statement): void {
  const { kind } = context
  const at = head(statement)
  if (isMissing(context, statement, 'Action')) {
    report(context, 'missing-action', at, 'The statement has neither Action nor NotAction.')
  }
  if (kind !== 'trust' && isMissing(context, statement, 'Resource')) {
    report(context, 'missing-resource', at, 'The statement has neither Resource nor NotResource.')
  }
  if (withPrincipal.has(kind) && isMissing(context, statement, 'Principal')) {
    report(context, 'missing-principal', at, 'The statement does not say whom it is about.')
  }
}

function isMissing(
  context: LintContext,
  statement: Statement,
  name: 'Action' | 'Resource' | 'Principal',
): boolean {
  const pairs = {
    Action: statement.action ?? statement.notAction,
    Resource: statement.resource ?? statement.notResource,
    Principal: statement.principal ?? statement.notPrincipal,
  }
  if (pairs[name] !== undefined) return false
  // An empty statement is reported as such already.
  return !context.faulty.has(`empty-statement ${statement.path}`)
}

function checkPrincipalElement(context: LintContext, statement: Statement): void {
  const { kind } = context
  const { principal, notPrincipal } = statement
  if (!withPrincipal.has(kind)) {
    const element = principal ?? notPrincipal
    if (element !== undefined) {
      const message = 'The policy is about whom it is attached to and takes no principal.'
      report(context, 'unsupported-principal-element', element, message)
    }
  } else if (notPrincipal !== undefined && (kind === 'trust' || kind === 'rcp')) {
    const message = 'This kind of policy takes no NotPrincipal.'
    report(context, 'unsupported-principal-element', notPrincipal, message)
  }
}

function checkKind(context: LintContext, statement: Statement): void {
  const { kind } = context
  const resource = statement.resource ?? statement.notResource
  if (kind === 'trust' && resource !== undefined) {
    const message = 'A trust policy is about its own role and takes no Resource.'
    report(context, 'unsupported-resource-element', resource, message)
  }
  if (kind !== 'rcp') return
  if (statement.notAction !== undefined) {
    const message = 'A resource control policy takes no NotAction.'
    report(context, 'unsupported-element', statement.notAction, message)
  }
  if (statement.effect !== undefined && isAllow(statement)) {
    const message = 'Only AWS’s own RCPFullAWSAccess allows; a resource control policy denies.'
    report(context, 'unsupported-effect', statement.effect, message)
  }
  for (const entry of statement.principal?.entries ?? []) {
    if (entry.type !== 'AWS' || entry.values.items.some(({ value }) => value !== '*')) {
      const message = 'The principal of a resource control policy is * and nothing else.'
      report(context, 'unsupported-principal-element', entry, message)
    }
  }
}

function checkEmpty(context: LintContext, statement: Statement): void {
  const empty = (list: TextList | undefined): list is TextList =>
    list?.isArray === true && /^\[\s*\]$/.test(sourceOf(context, list))
  for (const list of [statement.action, statement.notAction]) {
    if (empty(list)) report(context, 'empty-array-action', list, 'The list of actions is empty.')
  }
  for (const list of [statement.resource, statement.notResource]) {
    if (empty(list)) report(context, 'empty-array-resource', list, 'The list is empty.')
  }
  for (const element of [statement.principal, statement.notPrincipal]) {
    if (element === undefined || element.bare !== undefined) continue
    if (/^\{\s*\}$/.test(sourceOf(context, element))) {
      report(context, 'empty-array-principal', element, 'The element names nobody.')
    }
    for (const { values } of element.entries) {
      if (empty(values)) report(context, 'empty-array-principal', values, 'The list is empty.')
    }
  }
  for (const clause of statement.condition ?? []) {
    if (clause.isArray && clause.values.length === 0) {
      const message = `The condition on ${quoted(clause.key.value)} has no value, so it never holds.`
      report(context, 'empty-array-condition', clause, message)
    }
  }
  if (statement.condition?.length === 0 && !statement.notAction) {
    if (context.faulty.has(`${statement.path}.Condition`)) return
    const message = 'The empty Condition asks for nothing.'
    report(context, 'empty-object-condition', head(statement), message)
  }
}

/** Empty lists are short in source: the rest is not looked at. */
function sourceOf(context: LintContext, { start, end }: Located): string {
  if (end.offset - start.offset > 256) return ''
  return context.document.text.slice(start.offset, end.offset)
}

function checkEffectCase(context: LintContext, { effect }: Statement): void {
  if (effect === undefined || effect.value === 'Allow' || effect.value === 'Deny') return
  const right = { allow: 'Allow', deny: 'Deny' }[effect.value.toLowerCase()]
  if (right === undefined) return
  const message = `Effect is written ${right}, not ${quoted(effect.value)}.`
  report(context, 'invalid-effect', effect, message, replaceText(effect, right))
}

const maxCharacter = 0xff

/** The character set of the policy parameters of AWS's APIs. */
export function checkCharacters(context: LintContext): void {
  const { text } = context.document
  const found = /[^\t\n\r\u0020-\u00ff]/.exec(text)
  if (found === null) return
  const before = text.slice(0, found.index)
  const lines = before.split(/\r\n|\r|\n/)
  const column = (lines.at(-1) ?? '').length + 1
  const at = { offset: found.index, line: lines.length, column }
  const end = { ...at, offset: at.offset + 1, column: column + 1 }
  const code = found[0].charCodeAt(0)
  const what = code > maxCharacter ? 'a character above U+00FF' : 'a control character'
  const message = `The text holds ${what}, which AWS refuses in policies.`
  report(context, 'invalid-character', { path: '', start: at, end }, message)
}

/** White space does not count where IAM stores the policy; Organizations counts every character. */
const quotas: Readonly<Record<PolicyKind, { most: number; countsSpace: boolean } | undefined>> = {
  identity: { most: 6144, countsSpace: false },
  boundary: { most: 6144, countsSpace: false },
  session: { most: 2048, countsSpace: true },
  trust: { most: 2048, countsSpace: false },
  scp: { most: 5120, countsSpace: true },
  rcp: { most: 5120, countsSpace: true },
  resource: undefined,
  'vpc-endpoint': { most: 20_480, countsSpace: true },
}

export function checkSize(context: LintContext): void {
  const quota = quotas[context.kind]
  if (quota === undefined) return
  const { text } = context.document
  const size = quota.countsSpace ? text.length : text.replace(/[\t\n\r ]+/g, '').length
  const at = head(context.document)
  if (size > quota.most) {
    const message = `The policy has ${size} characters; the quota is ${quota.most}.`
    report(context, 'policy-size-exceeds-quota', at, message)
  } else if (size > quota.most * 0.9) {
    const message = `The policy has ${size} of at most ${quota.most} characters.`
    report(context, 'policy-size-near-quota', at, message)
  }
}
