import type { Statement } from '../../document.ts'
import { isLimitedBy } from '../clauses.ts'
import { isAllow, isDeny, type LintContext, quoted, report } from '../context.ts'
import { entryFor, entryMatches } from '../matched-actions.ts'

/** How far the Allow statements of a policy reach. Boundaries and SCPs are wide by nature. */
export function checkAccess(context: LintContext): void {
  const { kind, document } = context
  if (kind !== 'identity' && kind !== 'session') return
  const denies = document.statements.filter(deniesAlways)
  const passingDenied = denies.some((deny) => entryFor(deny, 'iam:passrole') !== undefined)
  for (const statement of document.statements) {
    if (!isAllow(statement)) continue
    checkNotResource(context, statement)
    checkServiceLinkedRole(context, statement)
    if (!checkFullAdmin(context, statement) && !passingDenied) checkPassRole(context, statement)
  }
  if (kind === 'identity') checkEscalation(context, denies)
}

function deniesAlways(statement: Statement): boolean {
  return isDeny(statement) && !statement.condition?.length && reachesAll(statement)
}

const reachesAll = (statement: Statement): boolean =>
  statement.resource?.items.some(({ value }) => value === '*') === true

function checkNotResource(context: LintContext, statement: Statement): void {
  const { notResource } = statement
  if (notResource === undefined) return
  const passes = entryFor(statement, 'iam:passrole')
  if (passes !== undefined && !isLimitedBy(statement, ['iam:PassedToService'])) {
    const message = `${quoted(passes)} may pass every role that is not listed.`
    report(context, 'pass-role-with-not-resource', notResource, message)
    return
  }
  const message = 'Every resource that is not listed is allowed, future ones too.'
  report(context, 'allow-with-not-resource', notResource, message)
}

function checkFullAdmin(context: LintContext, statement: Statement): boolean {
  const star = statement.action?.items.find(({ value }) => /^\*+(?::\*+)?$/.test(value))
  if (star === undefined || !reachesAll(statement) || statement.condition?.length) return false
  const message = 'Every action on every resource is allowed, passing any role included.'
  report(context, 'full-admin-access', star, message)
  return true
}

function checkServiceLinkedRole(context: LintContext, statement: Statement): void {
  const star = statement.resource?.items.find(({ value }) => value === '*')
  const named = statement.action?.items.some(
    ({ value }) => value.toLowerCase() === 'iam:createservicelinkedrole',
  )
  if (star === undefined || named !== true || statement.condition?.length) return
  const message = 'iam:CreateServiceLinkedRole for every service: test iam:AWSServiceName.'
  report(context, 'create-slr-with-star-in-resource', star, message)
}

function checkPassRole(context: LintContext, statement: Statement): void {
  const { resource, notAction } = statement
  const wide = resource?.items.find(({ value }) =>
    /^(?:\*|arn:[^:]*:iam:[^:]*:[^:]*:(?:role\/)?\*)$/.test(value),
  )
  if (
    wide === undefined ||
    isLimitedBy(statement, ['iam:PassedToService', 'iam:AssociatedResourceArn'])
  )
    return
  // Allow with NotAction has a finding of its own.
  if (notAction !== undefined) return
  const entry = entryFor(statement, 'iam:passrole')
  if (entry === undefined) return
  if (entry.toLowerCase() === 'iam:passrole') {
    const message = 'iam:PassRole on every role: name the roles, or test iam:PassedToService.'
    report(context, 'pass-role-with-star-in-resource', wide, message)
  } else {
    const message = `${quoted(entry)} includes iam:PassRole, here for every role.`
    report(context, 'pass-role-with-star-in-action-and-resource', wide, message)
  }
}

/** Each set of actions, together and on everything, is as good as all permissions. */
const escalations: readonly (readonly string[])[] = [
  ['iam:createpolicyversion'],
  ['iam:setdefaultpolicyversion'],
  ['iam:attachuserpolicy'],
  ['iam:attachgrouppolicy'],
  ['iam:attachrolepolicy'],
  ['iam:putuserpolicy'],
  ['iam:putgrouppolicy'],
  ['iam:putrolepolicy'],
  ['iam:createaccesskey'],
  ['iam:createloginprofile'],
  ['iam:updateloginprofile'],
  ['iam:addusertogroup'],
  ['iam:updateassumerolepolicy'],
  ['iam:passrole', 'ec2:runinstances'],
  ['iam:passrole', 'lambda:createfunction', 'lambda:invokefunction'],
  ['iam:passrole', 'cloudformation:createstack'],
  ['iam:passrole', 'glue:createdevendpoint'],
  ['iam:passrole', 'datapipeline:createpipeline', 'datapipeline:putpipelinedefinition'],
]

/** Writing a resource's policy, and an action that is the usual aim of it. */
const resourcePolicies: readonly (readonly [write: string, aim: string])[] = [
  ['s3:putbucketpolicy', 's3:deleteobject'],
  ['s3:putbucketacl', 's3:deleteobject'],
  ['s3:putobjectacl', 's3:deleteobject'],
  ['kms:putkeypolicy', 'kms:decrypt'],
  ['secretsmanager:putresourcepolicy', 'secretsmanager:getsecretvalue'],
  ['ecr:setrepositorypolicy', 'ecr:putimage'],
  ['sns:addpermission', 'sns:deletetopic'],
  ['sqs:addpermission', 'sqs:deletequeue'],
]

function checkEscalation(context: LintContext, denies: readonly Statement[]): void {
  const isDenied = (action: string): boolean =>
    denies.some((deny) => entryFor(deny, action) !== undefined)
  const open = context.document.statements.filter(
    (statement) => isAllow(statement) && reachesAll(statement) && !statement.condition?.length,
  )
  const whole = (statement: Statement): boolean => entryFor(statement, 'iam:putuserpolicy') === '*'
  const entries = open.filter((one) => !whole(one)).flatMap((one) => one.action?.items ?? [])
  const found = new Map<string, string>()
  const entryOf = (action: string): boolean => {
    if (isDenied(action)) return false
    const entry = entries.find(({ value }) => entryMatches(value, action))
    if (entry === undefined) return false
    found.set(action, entry.path)
    return true
  }
  for (const set of escalations) {
    if (!set.every(entryOf)) continue
    const [first = ''] = set
    const at = entries.find(({ path }) => path === found.get(first))
    if (at === undefined) continue
    const message = `With ${set.join(' and ')} on every resource the holder can obtain any permission.`
    report(context, 'privilege-escalation', at, message)
    break
  }
  for (const [write, aim] of resourcePolicies) checkResourcePolicy(context, write, aim, isDenied)
}

function checkResourcePolicy(
  context: LintContext,
  write: string,
  aim: string,
  isDenied: (action: string) => boolean,
): void {
  if (isDenied(write)) return
  const allows = context.document.statements.filter(
    (statement) => isAllow(statement) && !statement.condition?.length,
  )
  const allowed = allows.some((one) => entryFor(one, aim) !== undefined) && !isDenied(aim)
  if (allowed) return
  for (const statement of allows) {
    const entry = statement.action?.items.find(({ value }) => entryMatches(value, write))
    if (entry === undefined) continue
    const message = `${write} lets its holder grant ${aim}, which the policy does not allow.`
    report(context, 'resource-policy-privilege-escalation', entry, message)
    return
  }
}
