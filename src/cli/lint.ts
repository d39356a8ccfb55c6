import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import type { Finding } from '../policy/lint/finding.ts'
import { type PolicyKind, policyKinds } from '../policy/policy.ts'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { jsonText } from './output.ts'

/** Usage errors and files that cannot be read are told apart from findings. */
const unusable = 2

/** `watchword lint FILE…`: policies in files, without a service. */
export function addLint(program: Command, context: CommandContext, version: string): void {
  program
    .command('lint')
    .description('Find faults and dangers in policy files; needs no running service')
    .argument('<file...>', 'JSON policy documents')
    .option('--kind <kind>', `what they are used as: ${policyKinds.join(', ')}`, kindOf, 'identity')
    .option('--json', 'print JSON')
    .option('--sarif', 'print SARIF 2.1.0 for code scanning')
    .exitOverride((error) => {
      // Commander has printed what was wrong; help that was asked for is no error.
      throw new CommandError('', error.exitCode === 0 ? 0 : unusable)
    })
    .addHelpText(
      'after',
      '\nExit status: 0 when nothing is wrong, 1 for an error or a security warning, 2 for a file\n' +
        'that cannot be read.\n\nExample:\n  $ watchword lint --kind trust roles/*.json',
    )
    .action(async (files: readonly string[], { kind, json, sarif }: LintOptions) => {
      if (json && sarif) throw new CommandError('Give --json or --sarif, not both.', unusable)
      const { lintPolicy } = await import('../policy/lint/lint-policy.ts')
      const results = files.map((file) => ({ file, findings: lintPolicy(readText(file), kind) }))
      if (sarif) {
        const { toSarif } = await import('../policy/lint/sarif.ts')
        context.output.write(jsonText(toSarif(results, version)))
      } else context.output.write(json ? jsonText(results) : findingsText(results))
      if (results.some(({ findings }) => findings.some(isGrave))) context.exitStatus(1)
    })
}

interface LintOptions {
  readonly kind: PolicyKind
  readonly json?: boolean
  readonly sarif?: boolean
}

interface FileResult {
  readonly file: string
  readonly findings: readonly Finding[]
}

const isGrave = ({ severity }: Finding): boolean =>
  severity === 'error' || severity === 'security-warning'

function kindOf(text: string): PolicyKind {
  const kind = policyKinds.find((one) => one === text)
  if (kind === undefined) throw new InvalidArgumentError(`It is one of ${policyKinds.join(', ')}.`)
  return kind
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new CommandError(`${file} cannot be read (${why}).`, unusable)
  }
}

function findingsText(results: readonly FileResult[]): string {
  const lines = results.flatMap(({ file, findings }) =>
    findings.flatMap(({ line, column, severity, code, message, fix }) => [
      `${file}:${line}:${column} ${severity} ${code}: ${message}`,
      ...(fix ? [`    fix: ${fix.description}`] : []),
    ]),
  )
  const count = results.reduce((sum, { findings }) => sum + findings.length, 0)
  const files = `${results.length} ${results.length === 1 ? 'file' : 'files'}`
  lines.push(count === 0 ? `${files}, nothing found` : `${files}, ${count} found`)
  return `${lines.join('\n')}\n`
}
