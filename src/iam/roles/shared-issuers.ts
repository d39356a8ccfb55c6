import { ApiError } from '../../catalog/api-error.ts'
import type { ConditionClause, PolicyDocument, Statement } from '../../policy/document.ts'

/**
 * Identity providers that many customers share: a trust policy must say which of a provider's tenants it means,
 * or anyone with an account there could assume the role. AWS refuses to store one that does not.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
interface SharedIssuer {
  /** One of these claims must be tested. */
  readonly claims: readonly string[]
  /** Only tests for equality count: claims of these issuers have no structure a pattern could follow. */
  readonly equalityOnly?: boolean
}

const sub: SharedIssuer = { claims: ['sub'] }
const aud: SharedIssuer = { claims: ['aud'] }
const app: SharedIssuer = { claims: ['app_id', 'sub'], equalityOnly: true }

const sharedIssuers: ReadonlyMap<string, SharedIssuer> = new Map([
  ['accounts.google.com', { claims: ['aud', 'oaud', 'sub'], equalityOnly: true }],
  ['www.amazon.com', app],
  ['graph.facebook.com', app],
  ['cognito-identity.amazonaws.com', aud],
  ['agent.buildkite.com', sub],
  ['oidc.codefresh.io', sub],
  ['studio.datachain.ai/api', sub],
  ['vstoken.actions.githubusercontent.com', sub],
  ['oidc-configuration.audit-log.githubusercontent.com', sub],
  ['gitlab.com', sub],
  ['api.pulumi.com/oidc', aud],
  ['sandboxes.cloud', aud],
  ['scalr.io', sub],
  ['tokens.cloud.shisho.dev', sub],
  ['app.terraform.io', sub],
  ['proidc.upbound.io', sub],
  ['oidc.vercel.com', aud],
])

/** GitHub gives enterprises issuers of their own below this host. */
const github = 'token.actions.githubusercontent.com'
const githubClaims: SharedIssuer = { claims: ['sub', 'job_workflow_ref'] }

/** @throws ApiError MalformedPolicyDocument */
export function checkSharedIssuers(document: PolicyDocument): void {
  for (const statement of document.statements) {
    if (statement.effect?.value !== 'Allow' || !mayAssumeWithWebIdentity(statement)) continue
    for (const issuer of issuersOf(statement)) {
      const rule = ruleOf(issuer)
      if (!rule || (statement.condition ?? []).some((clause) => narrows(clause, issuer, rule))) {
        continue
      }
      const keys = rule.claims.map((claim) => `${issuer}:${claim}`).join(', ')
      throw new ApiError(
        'MalformedPolicyDocument',
        `Trust policy for ${issuer} must evaluate one of these condition keys: ${keys}`,
      )
    }
  }
}

const ruleOf = (issuer: string): SharedIssuer | undefined =>
  issuer === github || issuer.startsWith(`${github}/`) ? githubClaims : sharedIssuers.get(issuer)

/** A pattern counts as the action: that it might not match it is not worth a hole. */
const mayAssumeWithWebIdentity = ({ action }: Statement): boolean =>
  (action?.items ?? []).some(
    ({ value }) => /[*?]/.test(value) || value.toLowerCase() === 'sts:assumerolewithwebidentity',
  )

function issuersOf({ principal }: Statement): readonly string[] {
  return (principal?.entries ?? [])
    .filter(({ type }) => type === 'Federated')
    .flatMap(({ values }) => values.items.map(({ value }) => value.replace(providerArn, '')))
}

const providerArn = /^arn:aws:iam::\d{12}:oidc-provider\//

function narrows(clause: ConditionClause, issuer: string, rule: SharedIssuer): boolean {
  const operator = clause.parsedOperator
  if (!operator || operator.negated || operator.ifExists) return false
  const compares =
    operator.family === 'string' ||
    operator.family === 'string-ignore-case' ||
    (operator.family === 'string-like' && rule.equalityOnly !== true)
  if (!compares) return false
  const key = clause.key.value.toLowerCase()
  if (!rule.claims.some((claim) => key === `${issuer}:${claim}`.toLowerCase())) return false
  return clause.values.length > 0 && clause.values.every(({ value }) => isNarrow(value, rule))
}

function isNarrow(value: string, rule: SharedIssuer): boolean {
  if (value.trim() === '') return false
  return rule === githubClaims ? !value.startsWith('*') : value !== '*'
}
