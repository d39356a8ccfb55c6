/**
 * Run as a process of its own, to be killed: opens the store of the directory given and writes until it dies,
 * with a line on standard output for everything that was acknowledged.
 */
import { openSqliteStore } from './open-sqlite-store.ts'

const store = openSqliteStore(process.argv[2] ?? '')
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Large, so that the journal's log is folded, and its files written over, before the process is killed. */
const body = JSON.stringify('x'.repeat(8000))

async function appendForEver(writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${process.pid}-${writer}-${n}`
    const entry = { stream: 'session', account: '1', at: n, id, keys: [id], body } as const
    await store.journal.append([entry, { ...entry, stream: 'audit' }])
    say(`session ${id}`)
  }
}

async function commitForEver(account: string): Promise<void> {
  let { revision } = await store.records.load(account)
  for (;;) {
    const value = String(revision + 1)
    revision = await store.records.commit(account, revision, [
      { type: 'left', key: 'k', value },
      { type: 'right', key: 'k', value },
    ])
    say(`commit ${account} ${revision}`)
  }
}

say('open')
const writers = Array.from({ length: 8 }, (_, writer) => appendForEver(writer))
await Promise.all([...writers, commitForEver('a'), commitForEver('b')])
