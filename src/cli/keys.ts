import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { jsonText, table } from './output.ts'

/** `watchword keys list|rotate`: the keyring behind session tokens and stored secrets. */
export function addKeys(program: Command, context: CommandContext): void {
  const keys = program.command('keys').description('The keyring of a running service')

  keys
    .command('list')
    .description('List the keys; secrets are never shown')
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .action(async ({ endpoint, json }: KeyOptions) => {
      const { Keys } = (await context.client(endpoint).admin('ListKeys', {})) as KeyList
      context.output.write(
        json
          ? jsonText(Keys)
          : table(
              ['KEY', 'CREATED', ''],
              Keys.map((row) => [row.KeyId, row.CreateDate, row.Sealing ? 'seals' : 'opens only']),
            ),
      )
    })

  keys
    .command('rotate')
    .description(
      'Add a key that seals from now on; tokens sealed before stay valid until they expire',
    )
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .action(async ({ endpoint, json }: KeyOptions) => {
      const made = (await context.client(endpoint).admin('RotateKeys', {})) as KeyRow
      context.output.write(
        json ? jsonText(made) : `Key ${made.KeyId} seals from now on; older keys still open.\n`,
      )
    })
}

interface KeyOptions {
  readonly endpoint?: string
  readonly json?: boolean
}

interface KeyRow {
  readonly KeyId: string
  readonly CreateDate: string
  readonly Sealing?: boolean
}

interface KeyList {
  readonly Keys: readonly KeyRow[]
}
