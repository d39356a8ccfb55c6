import type { Command } from 'commander'
import { clientSettings } from '../config/client-settings.ts'
import { defaultDirectory } from '../config/config.ts'
import { readRootKey } from '../config/root-key-file.ts'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { jsonText } from './output.ts'
import { tag } from './service-client.ts'

/** Credentials and where they work, as an environment has them. */
interface ShellEnvironment {
  readonly AWS_ENDPOINT_URL: string
  readonly AWS_REGION: string
  /** The same for tools that do not know AWS_REGION: version 1 of the AWS CLI, boto3. */
  readonly AWS_DEFAULT_REGION: string
  readonly AWS_ACCESS_KEY_ID: string
  readonly AWS_SECRET_ACCESS_KEY: string
  readonly AWS_SESSION_TOKEN?: string
}

/** Lines to paste into a shell. Values hold no character that a shell would touch. */
export const exportLines = (
  environment: ShellEnvironment | Omit<ShellEnvironment, keyof Place>,
): string => {
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}=${value}\n`)
  // The token of a session pasted before would be sent with this key, and refused.
  if (environment.AWS_SESSION_TOKEN === undefined) lines.push('unset AWS_SESSION_TOKEN\n')
  return lines.join('')
}

/** Where the service is, for every tool to find it. */
export const shellPlace = (endpoint: string, region: string): Place => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
})

/** `watchword env`: lines to paste, for the root key beside the data or for a role assumed with the present keys. */
export function addEnv(program: Command, context: CommandContext): void {
  program
    .command('env')
    .description('Print the lines to paste: for a role, or for the root key beside the data')
    .option('--role <arn>', 'assume this role with the keys of the environment')
    .option('--session-name <name>', 'name of the role session', 'watchword-env')
    .option('--data <dir>', `where the root key is kept (${defaultDirectory}) [WATCHWORD_DATA]`)
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ eval "$(watchword env --role arn:aws:iam::…:role/deploy)"',
    )
    .action(async ({ role, sessionName, data, endpoint, json }: EnvOptions) => {
      const settings = clientSettings(context.environment, endpoint)
      const place = shellPlace(settings.endpoint, settings.region)
      const environment: ShellEnvironment = {
        ...place,
        ...(role === undefined
          ? rootKeyOf(data ?? (context.environment.WATCHWORD_DATA || defaultDirectory))
          : await assume(role, sessionName, context, endpoint)),
      }
      context.output.write(json ? jsonText(environment) : exportLines(environment))
    })
}

type Place = Pick<ShellEnvironment, 'AWS_ENDPOINT_URL' | 'AWS_REGION' | 'AWS_DEFAULT_REGION'>
type Keys = Omit<ShellEnvironment, keyof Place>

function rootKeyOf(directory: string): Keys {
  const key = readRootKey(directory)
  if (!key) {
    throw new CommandError(
      `There is no root key in ${directory}. Name the data directory with --data, or a role with --role.`,
    )
  }
  return { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey }
}

async function assume(
  role: string,
  sessionName: string,
  context: CommandContext,
  endpoint: string | undefined,
): Promise<Keys> {
  if (!role.startsWith('arn:')) {
    throw new CommandError(
      `--role ${role} is no ARN: give arn:aws:iam::ACCOUNT:role/${role}, with the account's id.`,
    )
  }
  const { body } = await context.client(endpoint).query('sts', {
    Action: 'AssumeRole',
    RoleArn: role,
    RoleSessionName: sessionName,
  })
  return {
    AWS_ACCESS_KEY_ID: tag(body, 'AccessKeyId') ?? '',
    AWS_SECRET_ACCESS_KEY: tag(body, 'SecretAccessKey') ?? '',
    AWS_SESSION_TOKEN: tag(body, 'SessionToken') ?? '',
  }
}

interface EnvOptions {
  readonly role?: string
  readonly sessionName: string
  readonly data?: string
  readonly endpoint?: string
  readonly json?: boolean
}
