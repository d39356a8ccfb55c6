import { type Command, Option } from 'commander'
import type { Config } from '../config/config.ts'
import { readConfig } from '../config/read-config.ts'
import { type Setting, settings } from '../config/settings.ts'
import type { CommandContext } from './command-context.ts'
import { firstStartText } from './first-start-text.ts'

/** `watchword serve`: every flag comes from the table of settings. */
export function addServe(program: Command, context: CommandContext): void {
  const command = program.command('serve').description('Start the service')
  addSettings(command)
  command.action(async (flags: Record<string, string | boolean>) => {
    const config = readConfig(flags, context.environment)
    const { log, startWatchword } = await loadService(config)
    const service = await startWatchword(config, context.runtime(log.logger))
    if (service.firstStart) {
      context.output.write(firstStartText(service.firstStart, service.endpoint, config))
    }
    context.output.write(`Watchword listens on ${service.endpoint}\n`)
    await context.stopped()
    await service.stop()
    log.flush()
  })
}

/** The service is loaded by the command that needs it: the others start faster. */
export async function loadService(config: Config) {
  const [{ openLog }, { startWatchword }] = await Promise.all([
    import('../server/log.ts'),
    import('../watchword.ts'),
  ])
  return { log: openLog(config.logLevel, 2), startWatchword }
}

/** Gives a command a flag for each setting, and help on those without one. */
export function addSettings(command: Command): void {
  for (const { flag, argument, help, environment } of Object.values<Setting>(settings)) {
    if (flag === undefined) continue
    const form = argument === undefined ? `--${flag}` : `--${flag} <${argument.toLowerCase()}>`
    command.addOption(new Option(form, `${help} [${environment}]`))
  }
  command.addHelpText('after', environmentHelp())
}

function environmentHelp(): string {
  const rows = Object.values<Setting>(settings)
    .filter(({ flag }) => flag === undefined)
    .map(({ environment, help }) => `  ${environment}\n      ${help}`)
  return `\nOnly by environment, for they hold secrets:\n${rows.join('\n')}\n`
}
