import type { Config } from '../config/config.ts'
import type { FirstStart } from '../watchword.ts'
import { exportLines, shellPlace } from './env.ts'

/** What a first start prints, once: the lines to paste, and where the root key lies. */
export function firstStartText(first: FirstStart, endpoint: string, config: Config): string {
  const key = first.administratorKey ?? first.rootKey
  const who = first.administratorKey ? 'IAM user admin' : 'the root user'
  const lines = exportLines({
    ...shellPlace(endpoint, config.regions?.[0] ?? 'us-east-1'),
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  })
  const root = first.rootKeyFile
    ? `The root key is kept in ${first.rootKeyFile} (mode 0600).\n`
    : ''
  return `Created account ${first.id}. Keys of ${who}, shown this once:\n\n${lines}\n${root}`
}
