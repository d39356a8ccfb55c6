/** An answer's XML as a value: elements become members, a list of `member` elements an array, an empty element `''`. */
export type XmlValue = string | readonly XmlValue[] | { readonly [name: string]: XmlValue }

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
}

const plainText = (text: string): string =>
  text.replace(/&(?:#x([0-9A-Fa-f]+)|\w+);/g, (entity, hex?: string) => {
    const plain = hex === undefined ? entities[entity] : String.fromCodePoint(parseInt(hex, 16))
    if (plain === undefined) throw new Error(`Not an entity of XML: ${entity}`)
    return plain
  })

/**
 * Reads the XML these services write: elements and text, an attribute only on the outermost element. Strict, so that
 * an answer which only almost is XML fails its test.
 */
export function readXml(xml: string): Readonly<Record<string, XmlValue>> {
  const tokens = xml.match(/<[^>]*>|[^<]+/g) ?? []
  let at = 0

  function element(outermost: boolean): readonly [string, XmlValue] {
    const open = /^<([A-Za-z]\w*)( xmlns="[^"]*")?(\/)?>$/.exec(tokens[at++] ?? '')
    if (!open?.[1]) throw new Error(`No element begins at token ${at} of ${xml}`)
    if (open[2] !== undefined && !outermost) throw new Error(`An attribute inside ${xml}`)
    if (open[3] !== undefined) return [open[1], '']
    const value = content(open[1])
    return [open[1], value]
  }

  function content(name: string): XmlValue {
    const close = `</${name}>`
    const first = tokens[at]
    if (first === close) {
      at++
      return ''
    }
    if (first !== undefined && !first.startsWith('<')) {
      at++
      if (tokens[at++] !== close) throw new Error(`${name} mixes text and elements: ${xml}`)
      return plainText(first)
    }
    const children: (readonly [string, XmlValue])[] = []
    while (tokens[at] !== close) children.push(element(false))
    at++
    if (children.every(([child]) => child === 'member' || child === 'entry'))
      return children.map(([, value]) => value)
    const names = new Set(children.map(([child]) => child))
    if (names.size < children.length) throw new Error(`${name} repeats an element: ${xml}`)
    return Object.fromEntries(children)
  }

  const root = element(true)
  if (at !== tokens.length) throw new Error(`Something follows the answer: ${xml}`)
  return Object.fromEntries([root])
}

/** The value at a path such as `Users.0.Arn`; undefined when there is none. */
export function at(value: XmlValue | undefined, path: string): XmlValue | undefined {
  let found: XmlValue | undefined = value
  for (const name of path.split('.')) {
    if (typeof found !== 'object') return undefined
    found = (found as Readonly<Record<string, XmlValue>>)[name]
  }
  return found
}
