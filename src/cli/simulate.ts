import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { type DecisionView, decisionText } from './decision-text.ts'
import { jsonText } from './output.ts'

/** `watchword simulate`: what would be decided, by the policies that are in force now. */
export function addSimulate(program: Command, context: CommandContext): void {
  program
    .command('simulate')
    .description('Decide a request that nobody makes, by the policies in force, and explain it')
    .requiredOption('--principal <arn>', 'a user, a role, one of its sessions, or root')
    .requiredOption('--action <name>', 'such as sts:AssumeRole')
    .option('--resource <arn>', 'what it would be done on', '*')
    .option('--context <key=value...>', 'condition keys; one given twice has several values')
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ watchword simulate --principal arn:aws:iam::123456789012:user/ada \\\n' +
        '      --action sts:AssumeRole --resource arn:aws:iam::123456789012:role/deploy \\\n' +
        '      --context sts:ExternalId=42',
    )
    .action(async ({ principal, action, resource, endpoint, json, ...given }: SimulateOptions) => {
      const decision = await context.client(endpoint).admin('Simulate', {
        Principal: principal,
        Action: action,
        Resource: resource,
        Context: contextOf(given.context ?? []),
      })
      context.output.write(json ? jsonText(decision) : decisionText(decision as DecisionView))
    })
}

interface SimulateOptions {
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly context?: readonly string[]
  readonly endpoint?: string
  readonly json?: boolean
}

/** @throws CommandError for an entry without `=` */
export function contextOf(entries: readonly string[]): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {}
  for (const entry of entries) {
    const at = entry.indexOf('=')
    if (at < 1) throw new CommandError(`--context ${entry} is not of the form key=value.`)
    const key = entry.slice(0, at)
    const value = entry.slice(at + 1)
    const known = found[key]
    found[key] = known === undefined ? value : [known, value].flat()
  }
  return found
}
