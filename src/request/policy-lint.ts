import type { PolicyKind } from '../policy/engine.ts'
import type { Finding } from '../policy/lint/finding.ts'
import type { OperationName } from './operation.ts'

/** The header that tells what the linter found in a policy that was stored. */
export const lintHeader = 'x-watchword-lint'

/** Longer texts are not linted while somebody waits; no document within AWS's quotas comes near. */
const longestText = 40_000
const longestHeader = 1_000

interface StoredDocument {
  readonly member: string
  readonly kind: PolicyKind
}

const inline: StoredDocument = { member: 'PolicyDocument', kind: 'identity' }
const trust: StoredDocument = { member: 'AssumeRolePolicyDocument', kind: 'trust' }

/** Operations that store a policy, and the member of their input that it is. */
const storing: Readonly<Partial<Record<OperationName, StoredDocument>>> = {
  PutUserPolicy: inline,
  PutGroupPolicy: inline,
  PutRolePolicy: inline,
  CreatePolicy: inline,
  CreatePolicyVersion: inline,
  CreateRole: trust,
  UpdateAssumeRolePolicy: { member: 'PolicyDocument', kind: 'trust' },
}

/**
 * What the linter says of the policy that an operation has stored. It never refuses anything: AWS has taken the
 * document. The linter is loaded when the first policy is stored.
 * @returns undefined for operations that store none, empty when there is nothing to say
 */
export async function lintStored(
  operation: OperationName,
  input: Readonly<Record<string, unknown>>,
): Promise<readonly Finding[] | undefined> {
  const stored = storing[operation]
  const text = stored && input[stored.member]
  if (stored === undefined || typeof text !== 'string' || text.length > longestText) {
    return undefined
  }
  const { lintPolicy } = await import('../policy/lint/lint-policy.ts')
  return lintPolicy(text, stored.kind)
}

const order = { error: 0, 'security-warning': 1, warning: 2, suggestion: 3 } as const

/** `2 findings; pass-role-anywhere at 3:7; no-version at 1:1`: gravest first, cut to a length that headers bear. */
export function lintHeaderValue(findings: readonly Finding[]): string {
  const sorted = findings.toSorted((a, b) => order[a.severity] - order[b.severity])
  let value = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`
  for (const [index, { code, line, column }] of sorted.entries()) {
    const next = `; ${code} at ${line}:${column}`
    if (value.length + next.length > longestHeader) {
      return `${value}; ${findings.length - index} more`
    }
    value += next
  }
  return value
}
