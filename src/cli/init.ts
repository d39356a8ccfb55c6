import type { Command } from 'commander'
import { readConfig } from '../config/read-config.ts'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { firstStartText } from './first-start-text.ts'
import { jsonText } from './output.ts'
import { addSettings, loadService } from './serve.ts'

/** `watchword init`: what a first start does, without staying. */
export function addInit(program: Command, context: CommandContext): void {
  const command = program
    .command('init')
    .description('Create the data, keyring and first account, print its key, and end')
    .option('--json', 'print JSON')
  addSettings(command)
  // A flag that is always refused here is no help.
  const memory = command.options.find(({ long }) => long === '--memory')
  memory?.hideHelp()
  command.action(async ({ json, ...flags }: Record<string, string | boolean>) => {
    const config = readConfig(flags, context.environment)
    if (config.storage.kind === 'memory') {
      throw new CommandError('--memory keeps nothing: there is no use in init. Leave it out.')
    }
    const { log, startWatchword } = await loadService(config)
    // Listening on any free port for a moment changes nothing and needs no second way to start.
    const service = await startWatchword({ ...config, port: 0 }, context.runtime(log.logger))
    const first = service.firstStart
    await service.stop()
    log.flush()
    if (!first) {
      throw new CommandError(
        `The data in ${config.storage.directory} is there already. Start it with \`watchword serve\`.`,
      )
    }
    const shownHost = config.host.includes(':') ? `[${config.host}]` : config.host
    const endpoint = `${config.tls ? 'https' : 'http'}://${shownHost}:${config.port}`
    context.output.write(
      json
        ? jsonText({
            account: first.id,
            endpoint,
            accessKeyId: (first.administratorKey ?? first.rootKey).accessKeyId,
            secretAccessKey: (first.administratorKey ?? first.rootKey).secretAccessKey,
            rootKeyFile: first.rootKeyFile,
          })
        : firstStartText(first, endpoint, config),
    )
  })
}
