import type { Principal } from '../../policy/engine.ts'
import { assumedRoleArn, iamArn } from '../../primitives/arn.ts'
import type { Scope } from '../../request/scope.ts'
import { invalidInput } from '../errors.ts'
import { entityArn, entityOf } from './policy-source.ts'

/** Who is taken to call in a simulation, and the condition keys that come with it. */
export interface SimulatedCaller {
  readonly principal: Principal
  readonly account: string
  /** By key in lower case. */
  readonly context: ReadonlyMap<string, string>
}

/** The value that AWS gives `aws:userid` when nobody is said to call. */
const stubUserId = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR'

/** Nobody in particular, of the account that asks. */
export function unnamedCaller({ account }: Scope): SimulatedCaller {
  const arn = iamArn(account, 'user', '/', stubUserId)
  return {
    principal: { type: 'user', account, arn, id: stubUserId },
    account,
    context: new Map([
      ['aws:userid', stubUserId],
      ['aws:principalaccount', account],
    ]),
  }
}

/**
 * A caller by ARN. It need not exist; one that does is also known by its unique id, as trust policies know it.
 * @throws ApiError InvalidInput for root, sessions and all else that is no user, group or role
 */
export function namedCaller(arn: string, scope: Scope): SimulatedCaller {
  const parsed = entityArn(arn)
  if (!parsed) {
    throw invalidInput(
      'Invalid caller - Caller must be an IAM user, role or group in this context.',
    )
  }
  const { account, kind, name } = parsed
  const id = (account === scope.account ? entityOf(parsed, scope)?.entity.id : undefined) ?? ''
  const context = new Map([
    ['aws:userid', arn],
    ['aws:principalarn', arn],
    ['aws:principalaccount', account],
  ])
  if (kind === 'user') context.set('aws:username', name)
  if (kind !== 'role') return { principal: { type: 'user', account, arn, id }, account, context }
  const principal: Principal = {
    type: 'assumed-role',
    account,
    arn: assumedRoleArn(account, name, 'simulation'),
    roleArn: arn,
    id,
    serviceLinked: arn.includes(':role/aws-service-role/'),
  }
  return { principal, account, context }
}
