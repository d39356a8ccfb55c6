/** The parameters of a query protocol request by name; of a name sent twice the first counts, as on AWS. */
export type Form = ReadonlyMap<string, string>

/** More parameters than this are refused: the largest request of the models has a few hundred. */
const mostParameters = 10_000

/**
 * Decodes `application/x-www-form-urlencoded` text: `+` is a space, escapes are UTF-8. What is no escape stands for
 * itself, so that decoding never fails.
 *
 * @returns undefined when there are too many parameters
 */
export function parseForm(text: string): Form | undefined {
  const form = new Map<string, string>()
  let from = 0
  while (from < text.length) {
    let to = text.indexOf('&', from)
    if (to < 0) to = text.length
    if (to > from) {
      let equals = text.indexOf('=', from)
      if (equals < 0 || equals > to) equals = to
      const name = decode(text.slice(from, equals))
      if (!form.has(name)) {
        if (form.size >= mostParameters) return undefined
        form.set(name, equals < to ? decode(text.slice(equals + 1, to)) : '')
      }
    }
    from = to + 1
  }
  return form
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return decodeLeniently(spaced)
  }
}

/** Bytes that are no UTF-8 become U+FFFD, and a `%` that begins no escape stays. */
function decodeLeniently(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}
