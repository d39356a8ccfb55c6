import { Command } from 'commander'
import { addAccount } from './account.ts'
import type { CommandContext } from './command-context.ts'
import { addEnv } from './env.ts'
import { addExplain } from './explain.ts'
import { addInit } from './init.ts'
import { addKeys } from './keys.ts'
import { addLint } from './lint.ts'
import { addRevokeSessions } from './revoke-sessions.ts'
import { addServe } from './serve.ts'
import { addSimulate } from './simulate.ts'

/** The command line: one file a command, put together here. */
export function program(version: string, context: CommandContext): Command {
  const root = new Command('watchword')
    .description("A self-hosted Security Token Service that speaks AWS's own wire protocols")
    .version(version)
    .showHelpAfterError('(add --help for what can be given)')
  addServe(root, context)
  addInit(root, context)
  addAccount(root, context)
  addKeys(root, context)
  addRevokeSessions(root, context)
  addEnv(root, context)
  addExplain(root, context)
  addSimulate(root, context)
  addLint(root, context, version)
  return root
}
