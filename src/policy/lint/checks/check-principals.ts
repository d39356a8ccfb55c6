import { principalTypes } from '../../check/check-grammar.ts'
import type { PrincipalElement, PrincipalEntry, Text } from '../../document.ts'
import { didYouMean, guess, type LintContext, quoted, replaceText, report } from '../context.ts'
import type { Fix } from '../finding.ts'
import { arnOf, partitions } from './check-resources.ts'

/** Principal and NotPrincipal: each value has a form that AWS knows. */
export function checkPrincipals(context: LintContext): void {
  for (const statement of context.document.statements) {
    for (const element of [statement.principal, statement.notPrincipal]) {
      if (element === undefined) continue
      checkBare(context, element)
      for (const entry of element.entries) checkEntry(context, entry)
    }
  }
}

function checkBare(context: LintContext, { bare }: PrincipalElement): void {
  if (bare === undefined || bare.value === '*') return
  const { value } = bare
  const type = typeOf(value)
  const text = `{"${type}": ${JSON.stringify(value)}}`
  const edits = [{ start: bare.start.offset, end: bare.end.offset, text }]
  const message = `A bare principal is * only; write ${text}.`
  const fix: Fix = { description: `Write it under ${type}`, edits }
  report(context, 'invalid-principal-format', bare, message, fix)
}

const typeOf = (value: string): string =>
  /amazonaws\.com(?:\.cn)?$/.test(value)
    ? 'Service'
    : /:(?:saml|oidc)-provider\//.test(value)
      ? 'Federated'
      : 'AWS'

function checkEntry(context: LintContext, entry: PrincipalEntry): void {
  const { type } = entry
  if (!principalTypes.has(type)) {
    const right = guess(context, type, principalTypes)
    const message = `${quoted(type)} is no type of principal.${didYouMean(right)}`
    const start = entry.start.offset
    const edits = [{ start, end: start + JSON.stringify(type).length, text: JSON.stringify(right) }]
    const plain = context.document.text.startsWith(JSON.stringify(type), start)
    const fix = right !== undefined && plain ? { description: `Use ${right}`, edits } : undefined
    report(context, 'invalid-principal-key', entry, message, fix)
    return
  }
  const seen = new Set<string>()
  for (const item of entry.values.items) {
    if (seen.has(item.value)) {
      report(context, 'redundant-principal', item, `${quoted(item.value)} stands here already.`)
    }
    seen.add(item.value)
    if (type === 'AWS') checkAws(context, item)
    else if (type === 'Service') checkService(context, item)
    else if (type === 'Federated') checkFederated(context, item)
    else if (!/^[0-9a-f]{64}$/.test(item.value)) {
      const message = 'A canonical user id is 64 hexadecimal digits.'
      report(context, 'invalid-principal-format', item, message)
    }
  }
  if (type === 'AWS' && seen.has('*') && seen.size > 1) {
    const message = 'The * beside them covers all other principals.'
    report(context, 'redundant-principal', entry, message)
  }
}

function checkAws(context: LintContext, item: Text): void {
  const { value } = item
  if (value === '*' || /^\d{12}$/.test(value)) return
  if (value.includes('${')) {
    const message = 'Variables do not expand in principals.'
    report(context, 'variable-unsupported-in-element', item, message)
  } else if (/[*?]/.test(value)) {
    const message = `A principal is * alone or has no wildcard; test aws:PrincipalArn for ${quoted(value)}.`
    report(context, 'unsupported-wildcard-in-principal', item, message)
  } else if (/^(?:AIDA|AROA|AGPA)[A-Z0-9]{8,}$/.test(value)) {
    const message = `${quoted(value)} is the id of a deleted user or role; its name comes back only by saving anew.`
    report(context, 'deleted-principal', item, message)
  } else checkAwsArn(context, item)
}

/** OAI identities of CloudFront stand in the account `cloudfront`. */
const iamPrincipal = /^(?:root|(?:user|role)\/.+|federated-user\/.+)$/
const stsPrincipal = /^(?:assumed-role\/[^/]+\/[^/]+|federated-user\/.+|self)$/

function checkAwsArn(context: LintContext, item: Text): void {
  const { value } = item
  const arn = arnOf(value)
  if (arn === undefined) {
    const message = `${quoted(value)} is neither an account nor the ARN of a principal.`
    const digits = value.replace(/-/g, '')
    const fix = /^\d{12}$/.test(digits) ? replaceText(item, digits) : undefined
    report(context, 'invalid-principal-format', item, message, fix)
    return
  }
  const { partition, service, region, account, resource } = arn
  if (!partitions.includes(partition)) {
    report(context, 'invalid-partition', item, `The partition ${quoted(partition)} does not exist.`)
  } else if (service === 'iam' && resource.startsWith('group/')) {
    const message = 'A group is never a principal; name its users or a role.'
    report(context, 'unsupported-principal', item, message)
  } else {
    const form = service === 'iam' ? iamPrincipal : service === 'sts' ? stsPrincipal : undefined
    const owner = /^\d{12}$/.test(account) || account === 'cloudfront'
    if (form?.test(resource) === true && region === '' && owner) return
    const message = `${quoted(value)} is not the ARN of an account, user, role or session.`
    report(context, 'invalid-principal-format', item, message)
  }
}

const serviceForm =
  /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|amazon\.com|amazon|aws\.internal|aws|c2s\.ic\.gov|sc2s\.sgov\.gov)$/

function checkService(context: LintContext, item: Text): void {
  const { value } = item
  if (value === '*') {
    const message = 'A service principal is named in full; * alone matches no service.'
    report(context, 'unsupported-wildcard-in-principal', item, message)
  } else if (/[*?]/.test(value)) {
    const message = `A service principal has no wildcard, unlike ${quoted(value)}.`
    report(context, 'unsupported-wildcard-in-principal', item, message)
  } else if (!serviceForm.test(value)) {
    const plain = /^([a-z0-9-]+)(?:\.[a-z.]*)?$/.exec(value.toLowerCase())?.[1]
    const right = plain === undefined ? undefined : `${plain}.amazonaws.com`
    const message = `${quoted(value)} is no service principal.${didYouMean(right)}`
    const fix = right === undefined ? undefined : replaceText(item, right)
    report(context, 'invalid-service-principal-format', item, message, fix)
  }
}

const federatedArn =
  /^arn:aws(?:-[a-z-]+)?:iam::(?:\d{12}):(?:saml-provider\/[\w+=,.@-]+|oidc-provider\/\S+)$/
const webProviders: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'cognito-identity-us-gov.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
])

function checkFederated(context: LintContext, item: Text): void {
  const { value } = item
  if (federatedArn.test(value) || webProviders.has(value)) return
  // A federated user's session names its provider as a host where no provider is registered.
  if (/[*?]/.test(value)) {
    const message = `A federated principal is one provider, unlike ${quoted(value)}.`
    report(context, 'unsupported-wildcard-in-principal', item, message)
    return
  }
  const right = guess(context, value, webProviders)
  const message = `${quoted(value)} is no SAML or OIDC provider that AWS knows.${didYouMean(right)}`
  const fix = right === undefined ? undefined : replaceText(item, right)
  report(context, 'unknown-federation-source', item, message, fix)
}
