/**
 * Issuers that everybody shares (GitHub, Google…) need a condition that names whose tokens count.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
import type { ConditionClause, Statement } from '../document.ts'
import { compileGlob, matchesGlob } from '../pattern/glob.ts'
import { refuse } from './check-grammar.ts'

interface SharedIssuer {
  readonly claims: readonly string[]
  readonly operators: ReadonlySet<string>
  /** Values may not begin with a wildcard either. */
  readonly anchored?: boolean
}

const equality = new Set(['string', 'string-ignore-case'])
const likeness = new Set(['string', 'string-ignore-case', 'string-like'])

const sharedIssuers: ReadonlyMap<string, SharedIssuer> = new Map([
  [
    'token.actions.githubusercontent.com',
    { claims: ['sub', 'job_workflow_ref'], operators: likeness, anchored: true },
  ],
  ['accounts.google.com', { claims: ['aud', 'oaud', 'sub'], operators: equality }],
  ['www.amazon.com', { claims: ['app_id', 'sub'], operators: equality }],
  ['graph.facebook.com', { claims: ['app_id', 'sub'], operators: equality }],
  ['cognito-identity.amazonaws.com', { claims: ['aud'], operators: likeness }],
])

export function checkOidcTrust(statement: Statement): void {
  const { action, effect, principal, condition } = statement
  if (effect?.value !== 'Allow') return
  const webIdentity = action?.items.some(({ value }) =>
    matchesGlob(compileGlob(value.toLowerCase()), 'sts:assumerolewithwebidentity'),
  )
  if (webIdentity !== true) return
  // Gathered once an issuer: each of a long list of providers then costs no more than a look.
  const narrowed = new Map<SharedIssuer, ReadonlySet<string>>()
  for (const { type, values } of principal?.entries ?? []) {
    if (type !== 'Federated') continue
    for (const text of values.items) {
      const provider = text.value.split(':oidc-provider/').at(-1) ?? ''
      const host = provider.split('/')[0] ?? ''
      const issuer = sharedIssuers.get(host)
      if (issuer === undefined) continue
      const keys = narrowed.get(issuer) ?? narrowedKeys(condition ?? [], issuer)
      narrowed.set(issuer, keys)
      if (issuer.claims.some((claim) => keys.has(`${provider}:${claim}`.toLowerCase()))) continue
      refuse('condition', missingText(provider, host, issuer), text)
    }
  }
}

/** The keys, in lower case, of the clauses that name whose tokens count. */
function narrowedKeys(
  clauses: readonly ConditionClause[],
  issuer: SharedIssuer,
): ReadonlySet<string> {
  const narrowing = clauses.filter((clause) => narrows(clause, issuer))
  return new Set(narrowing.map(({ key }) => key.value.toLowerCase()))
}

function narrows(
  { parsedOperator: operator, values }: ConditionClause,
  issuer: SharedIssuer,
): boolean {
  if (operator === undefined || operator.negated || operator.ifExists) return false
  if (!issuer.operators.has(operator.family) || values.length === 0) return false
  return values.every(({ value }) => isNarrow(value, issuer.anchored === true))
}

function isNarrow(value: string, anchored: boolean): boolean {
  if (/^\**$/.test(value)) return false
  return !anchored || (value.trim() !== '' && !value.startsWith('*'))
}

function missingText(provider: string, host: string, { claims }: SharedIssuer): string {
  if (host === 'cognito-identity.amazonaws.com') {
    return 'A condition block must be present for the Cognito provider'
  }
  const keys = claims.map((claim) => `${provider}:${claim}`).join(', ')
  return `Trust policy for ${provider} must evaluate at least one of the condition keys ${keys}`
}
