import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Journal, JournalEntry, JournalFilter, JournalPage } from './journal.ts'
import { StoreUnavailable } from './store-errors.ts'

const entry = (id: string, fields: Partial<JournalEntry> = {}): JournalEntry => ({
  stream: 'session',
  account: '111122223333',
  at: 1000,
  id,
  keys: [],
  body: '{}',
  ...fields,
})

/** Ids of all pages of a query, asked page by page. */
async function idsOf(
  journal: Journal,
  filter: JournalFilter,
  page: JournalPage = { limit: 1000 },
): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const result = await journal.query(filter, { ...page, after })
    assert.ok(result.entries.length <= page.limit)
    ids.push(...result.entries.map(({ id }) => id))
    after = result.next
  } while (after !== undefined)
  return ids
}

/** Every driver passes every test here: no exceptions list. `open` gives an empty journal. */
export function journalContract(driver: string, open: () => Promise<Journal>): void {
  test(`${driver}: an entry comes back as it was appended`, async () => {
    await using journal = await open()
    const odd = entry('ASIA1', {
      keys: ['AKIA1', '', 'Ünï 🦉', "'", 'a\u0000b', 'AKIA1'],
      body: JSON.stringify({ text: 'é\u0000\n'.repeat(5000) }),
      at: 1764000000123,
    })
    await journal.append([odd])
    assert.deepEqual((await journal.query({ stream: 'session' }, { limit: 10 })).entries, [odd])
  })

  test(`${driver}: an entry is found by its id, each of its keys, its account and its time`, async () => {
    await using journal = await open()
    await journal.append([
      entry('s1', { keys: ['k1', 'k2'], at: 10 }),
      entry('s2', { keys: ['k2'], at: 20, account: '2' }),
      entry('s3', { keys: ['s1'], at: 30, account: '2' }),
    ])
    const find = (filter: Omit<JournalFilter, 'stream'>) =>
      idsOf(journal, { stream: 'session', ...filter })
    assert.deepEqual(await find({ id: 's1' }), ['s1'])
    assert.deepEqual(await find({ key: 'k1' }), ['s1'])
    assert.deepEqual(await find({ key: 'k2' }), ['s2', 's1'])
    assert.deepEqual(await find({ key: 's1' }), ['s3'])
    assert.deepEqual(await find({ account: '2' }), ['s3', 's2'])
    assert.deepEqual(await find({ from: 20 }), ['s3', 's2'])
    assert.deepEqual(await find({ to: 20 }), ['s1'])
    assert.deepEqual(await find({ key: 'k2', account: '2', from: 20, to: 21 }), ['s2'])
    assert.deepEqual(await find({ id: 's1', key: 'k2', account: '111122223333' }), ['s1'])
    for (const miss of [
      { id: 'k1' },
      { key: 's2' },
      { key: 'K1' },
      { key: 'k' },
      { account: '' },
    ]) {
      assert.deepEqual(await find(miss), [])
    }
    assert.deepEqual(await find({ id: 's1', key: 'nothing' }), [])
    assert.deepEqual(await find({ from: 20, to: 20 }), [])
  })

  test(`${driver}: streams are apart`, async () => {
    await using journal = await open()
    await journal.append([entry('x'), entry('y', { stream: 'audit' })])
    assert.deepEqual(await idsOf(journal, { stream: 'session' }), ['x'])
    assert.deepEqual(await idsOf(journal, { stream: 'audit' }), ['y'])
    assert.equal(await journal.purge('audit', 2000), 1)
    assert.deepEqual(await idsOf(journal, { stream: 'session' }), ['x'])
  })

  test(`${driver}: pages join without a gap or a repeat, also while more is appended`, async () => {
    await using journal = await open()
    const ids = Array.from({ length: 25 }, (_, n) => `s${n}`)
    await journal.append(ids.map((id) => entry(id)))
    const oldest = await idsOf(journal, { stream: 'session' }, { limit: 7, order: 'oldest' })
    assert.deepEqual(oldest, ids)
    const first = await journal.query({ stream: 'session' }, { limit: 20 })
    await journal.append([entry('later')])
    const rest = await journal.query({ stream: 'session' }, { limit: 20, after: first.next })
    const seen = [...first.entries, ...rest.entries].map(({ id }) => id)
    assert.deepEqual(seen, ids.toReversed())
    assert.equal(rest.next, undefined)
  })

  test(`${driver}: a full last page says that nothing follows`, async () => {
    await using journal = await open()
    await journal.append([entry('a'), entry('b')])
    const page = await journal.query({ stream: 'session' }, { limit: 2 })
    assert.equal(page.entries.length, 2)
    assert.ok(!('next' in page))
  })

  test(`${driver}: a page request or stream that makes no sense is refused`, async () => {
    await using journal = await open()
    const refused: JournalPage[] = [
      { limit: 0 },
      { limit: 1.5 },
      { limit: Number.NaN },
      { limit: 1, after: '' },
      { limit: 1, after: '-1' },
      { limit: 1, after: '1 OR 1' },
      { limit: 1, order: 'random' as 'newest' },
    ]
    for (const page of refused) {
      await assert.rejects(journal.query({ stream: 'session' }, page), RangeError)
    }
    await assert.rejects(journal.query({ stream: 'x' as 'audit' }, { limit: 1 }), RangeError)
    await assert.rejects(journal.append([entry('a', { stream: 'x' as 'audit' })]), RangeError)
    await assert.rejects(journal.purge('x' as 'audit', 1), RangeError)
  })

  test(`${driver}: many appends at once are all there, in order`, async () => {
    await using journal = await open()
    const ids = Array.from({ length: 300 }, (_, n) => `s${n}`)
    await Promise.all(ids.map((id) => journal.append([entry(id)])))
    assert.deepEqual(
      await idsOf(journal, { stream: 'session' }, { limit: 50, order: 'oldest' }),
      ids,
    )
  })

  test(`${driver}: what is to be done meanwhile is done once, before the entries are known to be written`, async () => {
    await using journal = await open()
    const done: string[] = []
    const append = (id: string, entries: JournalEntry[]): Promise<void> =>
      journal.append(entries, () => done.push(id)).then(() => void done.push(`${id} written`))
    await Promise.all([append('a', [entry('a')]), append('b', [entry('b'), entry('c')])])
    assert.deepEqual(done.toSorted(), ['a', 'a written', 'b', 'b written'])
    for (const id of ['a', 'b']) assert.ok(done.indexOf(id) < done.indexOf(`${id} written`))
    await append('none', [])
    assert.deepEqual(done.slice(4), ['none', 'none written'])
    const wrong = entry('x', { stream: 'x' as 'audit' })
    await assert.rejects(append('refused', [wrong]), RangeError)
    await journal[Symbol.asyncDispose]()
    await assert.rejects(append('late', [entry('d')]), StoreUnavailable)
    assert.equal(done.length, 6)
  })

  test(`${driver}: appending nothing is no error`, async () => {
    await using journal = await open()
    await journal.append([])
    assert.equal(await journal.count({ stream: 'session' }), 0)
  })

  test(`${driver}: purging forgets what is older, wherever it stands, and tells how many`, async () => {
    await using journal = await open()
    await journal.append([
      entry('old', { at: 10, keys: ['k'] }),
      entry('new', { at: 30, keys: ['k'] }),
      entry('late', { at: 15, keys: ['k'] }),
      entry('edge', { at: 20, keys: ['k'] }),
    ])
    assert.equal(await journal.purge('session', 20), 2)
    assert.equal(await journal.purge('session', 20), 0)
    assert.deepEqual(await idsOf(journal, { stream: 'session' }), ['edge', 'new'])
    assert.deepEqual(await idsOf(journal, { stream: 'session', key: 'k' }), ['edge', 'new'])
    await journal.append([entry('next', { at: 5 })])
    assert.deepEqual(await idsOf(journal, { stream: 'session', to: 10 }), ['next'])
    assert.equal(await journal.purge('session', Number.MAX_SAFE_INTEGER), 3)
    await journal.append([entry('again')])
    assert.deepEqual(await idsOf(journal, { stream: 'session' }), ['again'])
  })

  test(`${driver}: ten thousand entries are searched, counted, paged and purged alike`, async () => {
    await using journal = await open()
    const entries = Array.from({ length: 10_000 }, (_, n) =>
      entry(`s${n}`, { at: n, keys: [`p${n % 1000}`], account: n % 2 === 0 ? 'even' : 'odd' }),
    )
    await journal.append(entries)
    const stream = 'session'
    assert.equal(await journal.count({ stream }), 10_000)
    assert.equal(await journal.count({ stream, account: 'odd', from: 4000 }), 3000)
    assert.equal(await journal.count({ stream, key: 'p7', to: 8007 }), 8)
    const p7 = Array.from({ length: 10 }, (_, n) => `s${n * 1000 + 7}`)
    assert.deepEqual(await idsOf(journal, { stream, key: 'p7' }, { limit: 3, order: 'oldest' }), p7)
    assert.deepEqual(await idsOf(journal, { stream, key: 'p7' }, { limit: 3 }), p7.toReversed())
    assert.equal(await journal.purge(stream, 9000), 9000)
    assert.deepEqual(await idsOf(journal, { stream, key: 'p7' }), ['s9007'])
    assert.equal(await journal.count({ stream }), 1000)
  })

  test(`${driver}: after closing it refuses, what was appended before is kept`, async () => {
    const journal = await open()
    const last = journal.append([entry('a')])
    await journal[Symbol.asyncDispose]()
    await last
    await assert.rejects(journal.append([entry('b')]), StoreUnavailable)
    await assert.rejects(journal.query({ stream: 'session' }, { limit: 1 }), StoreUnavailable)
    await assert.rejects(journal.count({ stream: 'session' }), StoreUnavailable)
    await assert.rejects(journal.purge('session', 1), StoreUnavailable)
  })

  test(`${driver}: any query gives what reading through everything would`, async () => {
    await using journal = await open()
    const few = (...values: string[]) => fc.constantFrom(...values)
    const time = fc.integer({ min: 0, max: 6 })
    const anyEntry = fc.record({
      stream: fc.constantFrom('session' as const, 'audit' as const),
      account: few('1', '2'),
      at: time,
      id: few('a', 'b', 'k'),
      keys: fc.array(few('a', 'k', 'l'), { maxLength: 3 }),
      body: fc.json({ maxDepth: 1 }),
    })
    const anyFilter = fc.record(
      {
        account: few('1', '2', '3'),
        id: few('a', 'b', 'k'),
        key: few('a', 'k', 'm'),
        from: time,
        to: time,
      },
      { requiredKeys: [] },
    )
    const kept: JournalEntry[] = []
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEntry, { maxLength: 5 }),
        anyFilter,
        fc.integer({ min: 1, max: 4 }),
        async (entries, asked, limit) => {
          await journal.append(entries)
          kept.push(...entries)
          const filter: JournalFilter = { stream: 'session', ...asked }
          const { account, id, key, from = 0, to = 99 } = filter
          const expected = kept.filter(
            (e) =>
              e.stream === 'session' &&
              (account === undefined || e.account === account) &&
              (id === undefined || e.id === id) &&
              (key === undefined || e.keys.includes(key)) &&
              e.at >= from &&
              e.at < to,
          )
          const ids = expected.map((e) => e.id)
          assert.equal(await journal.count(filter), ids.length)
          assert.deepEqual(await idsOf(journal, filter, { limit, order: 'oldest' }), ids)
          assert.deepEqual(await idsOf(journal, filter, { limit: limit * 5 }), ids.toReversed())
        },
      ),
      { numRuns: 60 },
    )
  })
}
