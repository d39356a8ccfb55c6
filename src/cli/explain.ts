import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { type DecisionView, decisionText } from './decision-text.ts'
import { jsonText } from './output.ts'

/** `watchword explain [REQUEST-ID]`: why a request was refused. The AWS CLI shows no request ids: then the newest. */
export function addExplain(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('Explain why a request was refused')
    .argument('[request-id]', 'as the refusal named it (x-amzn-RequestId); the newest otherwise')
    .option('--caller <arn>', 'the newest of this caller: ARN or access key id')
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ watchword explain\n  $ watchword explain 7f3e2a10-6c55-4b0e-9d0c-5a3f0a7f5a11',
    )
    .action(async (requestId: string | undefined, options: ExplainOptions) => {
      const { caller, endpoint, json } = options
      if (requestId !== undefined && caller !== undefined) {
        throw new CommandError('Give a request id or --caller, not both.')
      }
      const client = context.client(endpoint)
      const decision = await client.admin('GetDecision', { RequestId: requestId, Caller: caller })
      context.output.write(json ? jsonText(decision) : decisionText(decision as DecisionView))
    })
}

interface ExplainOptions {
  readonly caller?: string
  readonly endpoint?: string
  readonly json?: boolean
}
