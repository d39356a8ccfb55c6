import { execFile } from 'node:child_process'
import { devNull } from 'node:os'
import type { Credentials } from '../../src/sigv4/index.ts'
import type { TestService } from '../../src/testing.ts'

/** What a program said and how it ended. */
export interface ToolResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

type Environment = Readonly<Record<string, string>>

interface RunOptions {
  readonly env?: Environment
  readonly cwd?: string
}

/** Runs a program to its end; one that is missing ends with status 127, as in a shell. */
export function runTool(
  command: string,
  args: readonly string[],
  { env = {}, cwd }: RunOptions = {},
): Promise<ToolResult> {
  const { PATH = '', HOME = '' } = process.env
  const options = {
    // Nothing of the developer's own AWS settings may leak into a client under test.
    env: { PATH, HOME, ...env },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
    ...(cwd === undefined ? {} : { cwd }),
  }
  return new Promise((resolve) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      const code = error?.code
      const status = error === null ? 0 : typeof code === 'number' ? code : code ? 127 : 1
      resolve({ status, stdout, stderr })
    })
  })
}

/**
 * Why a test must be skipped, or undefined when the program answers.
 * @param need - what the reader should install
 */
export async function missingTool(
  command: string,
  args: readonly string[],
  need: string,
): Promise<string | undefined> {
  const { status } = await runTool(command, args)
  return status === 0
    ? undefined
    : `SKIPPED, NOTHING TESTED: ${need} (\`${[command, ...args].join(' ')}\` does not run)`
}

/** The environment by which any AWS client finds the service and signs as these credentials. */
export function clientEnvironment(
  { endpoint, rootKey }: Pick<TestService, 'endpoint' | 'rootKey'>,
  credentials: Credentials = rootKey,
): Environment {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  }
}
