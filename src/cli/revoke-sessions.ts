import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import { parseArn } from '../primitives/arn.ts'
import { isoSeconds } from '../primitives/clock.ts'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { jsonText } from './output.ts'
import { tag } from './service-client.ts'

const policyName = 'AWSRevokeOlderSessions'

/**
 * The inline policy that AWS's console writes for "Revoke active sessions", to the letter.
 * @param before - ISO 8601 in UTC with milliseconds
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
function revocationDocument(before: string): string {
  const statement = {
    Effect: 'Deny',
    Action: ['*'],
    Resource: ['*'],
    Condition: { DateLessThan: { 'aws:TokenIssueTime': before } },
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 4)
}

/** `watchword revoke-sessions`: ends every session of a role that was issued until now, as the console does. */
export function addRevokeSessions(program: Command, context: CommandContext): void {
  program
    .command('revoke-sessions')
    .description('Refuse every session of a role that was issued until now; later ones work')
    .requiredOption(
      '--role <name>',
      'the role: its name, its ARN or the ARN of one of its sessions',
    )
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ watchword revoke-sessions --role deploy')
    .action(async ({ role: given, endpoint, json }: RevokeOptions) => {
      const client = context.client(endpoint)
      const identity = await client.query('sts', { Action: 'GetCallerIdentity' })
      const account = tag(identity.body, 'Account')
      if (!account) throw new CommandError('The service gave no identity.')
      const role = roleName(given, account)
      // Tokens carry whole seconds: only the next second separates the old sessions from the new.
      const before = Math.floor(identity.serviceTime / 1000) * 1000 + 1000
      const revokedBefore = `${isoSeconds(before).slice(0, -1)}.000Z`
      await client.query('iam', {
        Action: 'PutRolePolicy',
        RoleName: role,
        PolicyName: policyName,
        PolicyDocument: revocationDocument(revokedBefore),
      })
      await wait(1000)
      context.output.write(
        json
          ? jsonText({ role, policyName, revokedBefore })
          : `Sessions of role ${role} issued before ${revokedBefore} are refused from now on.\n` +
              `(inline policy ${policyName}; delete it to let them in again)\n`,
      )
    })
}

/**
 * The name in what a log or an alarm shows of a role.
 * @throws CommandError for the ARN of anything but a role of the account
 */
function roleName(given: string, account: string): string {
  if (!given.startsWith('arn:')) return given
  const arn = parseArn(given)
  const [kind, ...rest] = arn?.resource.split('/') ?? []
  const name =
    arn?.service === 'iam' && kind === 'role'
      ? rest.at(-1)
      : arn?.service === 'sts' && kind === 'assumed-role' && rest.length === 2
        ? rest[0]
        : undefined
  if (name && arn?.account === account) return name
  throw new CommandError(`--role ${given} is no role of account ${account}.`)
}

interface RevokeOptions {
  readonly role: string
  readonly endpoint?: string
  readonly json?: boolean
}
