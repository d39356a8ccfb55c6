import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { commandContext } from './command-context.ts'

/** Whether a command goes on when the process that started it has ended, if npm ran it for that event. */
async function goesOnAlone(t: TestContext, npm_lifecycle_event: string | undefined) {
  t.mock.timers.reset()
  t.mock.timers.enable({ apis: ['setInterval'] })
  const host = { ppid: 7, stdout: { write: () => true }, once: () => undefined }
  let goesOn = true
  const { stopped } = commandContext({ npm_lifecycle_event }, host)
  void stopped().then(() => {
    goesOn = false
  })
  t.mock.timers.tick(1_000)
  await setImmediate()
  assert.ok(goesOn)
  host.ppid = 1
  t.mock.timers.tick(1_000)
  await setImmediate()
  return goesOn
}

test('what `npm start` has started ends with it, and what other scripts put into the background does not', async (t) => {
  assert.equal(await goesOnAlone(t, 'start'), false)
  assert.equal(await goesOnAlone(t, 'pretest'), true)
  assert.equal(await goesOnAlone(t, undefined), true)
})
