import { type PolicyDocument, readDocument, type Text, type TextList } from './document.ts'
import { JsonError } from './json.ts'
import { parseTemplate } from './pattern/template.ts'
import { PolicyError } from './policy-error.ts'

/**
 * The condition keys and policy variables a document mentions, as `GetContextKeysForCustomPolicy`
 * lists them: as written, case variants apart, each once, in the order of the text. The grammar
 * is lax: elements may be missing or empty, and literals are not read.
 *
 * @param source - the document, or its text
 * @throws PolicyError for text that is no JSON, an unknown element or operator, a missing Effect
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
 */
export function contextKeysOf(source: string | { readonly document: PolicyDocument }): string[] {
  const document = typeof source === 'string' ? readLaxly(source) : source.document
  const found: { readonly key: string; readonly offset: number }[] = []
  const variables = (text: Text): void => {
    if (document.version?.value !== '2012-10-17') return
    for (const part of parseTemplate(text.value)) {
      const key = part.type === 'variable' ? part.name : part.text
      if (part.type !== 'text') found.push({ key, offset: text.start.offset })
    }
  }
  const all = (list: TextList | undefined): void => {
    for (const text of list?.items ?? []) variables(text)
  }
  for (const { resource, notResource, condition } of document.statements) {
    all(resource)
    all(notResource)
    for (const { key, values } of condition ?? []) {
      found.push({ key: key.value, offset: key.start.offset })
      for (const value of values) variables(value)
    }
  }
  found.sort((a, b) => a.offset - b.offset)
  return [...new Set(found.map(({ key }) => key))]
}

const tolerated = new Set(['missing-statement', 'empty-statement'])

function readLaxly(text: string): PolicyDocument {
  const document = readOrRefuse(text)
  const fault = document.faults.find(({ code }) => !tolerated.has(code))
  if (fault !== undefined) throw new PolicyError('grammar', fault.message, fault)
  return document
}

function readOrRefuse(text: string): PolicyDocument {
  try {
    return readDocument(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const at = { start: error.position, path: '' }
    throw new PolicyError('json', error.message, at, { cause: error })
  }
}
