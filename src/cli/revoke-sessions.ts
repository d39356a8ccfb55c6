import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
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
export function revocationDocument(before: string): string {
  const statement = {
    Effect: 'Deny',
    Action: ['*'],
    Resource: ['*'],
    Condition: { DateLessThan: { 'aws:TokenIssueTime': before } },
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 4)
}

export function addRevokeSessions(program: Command, context: CommandContext): void {
  program
    .command('revoke-sessions')
    .description('Refuse every session of a role that was issued until now; later ones work')
    .requiredOption('--role <name>', 'name of the role')
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ watchword revoke-sessions --role deploy')
    .action(async ({ role, endpoint, json }: RevokeOptions) => {
      const client = context.client(endpoint)
      const identity = await client.query('sts', { Action: 'GetCallerIdentity' })
      if (!tag(identity.body, 'Account')) throw new CommandError('The service gave no identity.')
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

interface RevokeOptions {
  readonly role: string
  readonly endpoint?: string
  readonly json?: boolean
}
