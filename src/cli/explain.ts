import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { type DecisionView, decisionText } from './decision-text.ts'
import { jsonText } from './output.ts'

/** `watchword explain REQUEST-ID`: why a request was refused. */
export function addExplain(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('Explain why a request was refused')
    .argument('<request-id>', 'as the refusal named it: x-amzn-RequestId, RequestId')
    .option('--endpoint <url>', 'the service; AWS_ENDPOINT_URL otherwise')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ watchword explain 7f3e2a10-6c55-4b0e-9d0c-5a3f0a7f5a11')
    .action(async (requestId: string, { endpoint, json }: ExplainOptions) => {
      const client = context.client(endpoint)
      const decision = await client.admin('GetDecision', { RequestId: requestId })
      context.output.write(json ? jsonText(decision) : decisionText(decision as DecisionView))
    })
}

interface ExplainOptions {
  readonly endpoint?: string
  readonly json?: boolean
}
