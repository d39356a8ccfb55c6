import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { exportLines } from './env.ts'
import { jsonText, table } from './output.ts'

/** `watchword account create|list`: accounts of a running service. */
export function addAccount(program: Command, context: CommandContext): void {
  const account = program.command('account').description('Accounts of a running service')

  account
    .command('create')
    .description('Create an account and print its root key, once')
    .option('--id <digits>', 'twelve digits; random otherwise')
    .option('--name <name>', 'a name for people')
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ watchword account create --name staging')
    .action(async ({ id, name, endpoint, json }: CreateOptions) => {
      const made = (await context
        .client(endpoint)
        .admin('CreateAccount', { Id: id, Name: name })) as CreatedAccount
      context.output.write(
        json
          ? jsonText(made)
          : `Account ${made.AccountId} is ready. Its root key is shown this once:\n` +
              exportLines({
                AWS_ACCESS_KEY_ID: made.RootAccessKeyId,
                AWS_SECRET_ACCESS_KEY: made.RootSecretAccessKey,
              }),
      )
    })

  account
    .command('list')
    .description('List the accounts')
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .action(async ({ endpoint, json }: ListOptions) => {
      const { Accounts } = (await context.client(endpoint).admin('ListAccounts', {})) as AccountList
      context.output.write(
        json
          ? jsonText(Accounts)
          : table(
              ['ACCOUNT', 'NAME', 'ALIAS', 'CREATED', ''],
              Accounts.map((row) => [
                row.AccountId,
                row.Name ?? '',
                row.Alias ?? '',
                row.CreateDate,
                row.Management ? 'management' : '',
              ]),
            ),
      )
    })
}

interface ListOptions {
  readonly endpoint?: string
  readonly json?: boolean
}

interface CreateOptions extends ListOptions {
  readonly id?: string
  readonly name?: string
}

interface CreatedAccount {
  readonly AccountId: string
  readonly RootAccessKeyId: string
  readonly RootSecretAccessKey: string
}

interface AccountList {
  readonly Accounts: readonly {
    readonly AccountId: string
    readonly Name?: string
    readonly Alias?: string
    readonly CreateDate: string
    readonly Management: boolean
  }[]
}
