import type {
  AttachedPolicy,
  Explanation,
  Layer,
  PolicySources,
  StatementExplanation,
} from '../policy/engine.ts'

/** A statement as its policy words it, so that a decision can be read when the policy has changed since. */
export interface StatementExcerpt {
  readonly layer: Layer
  readonly level: number | null
  readonly policy: string
  readonly index: number
  /** Where `text` begins in the document. */
  readonly line: number
  readonly column: number
  readonly text: string
}

/** A record of a decision stays small, however large the policies. */
const mostExcerpts = 20
const longestText = 4_000

/** The statements that decided, and those that nearly applied: for the rest their place is enough. */
export function statementExcerpts(
  sources: PolicySources,
  { layers }: Explanation,
): StatementExcerpt[] {
  const ranked: { readonly rank: number; readonly excerpt: StatementExcerpt }[] = []
  for (const { layer, level, policies } of layers) {
    const attached = attachedTo(sources, layer, level)
    for (const [at, { name, statements }] of policies.entries()) {
      const text = attached[at]?.policy.document.text
      if (text === undefined) continue
      for (const [index, explained] of statements.entries()) {
        const statement = attached[at]?.policy.statements[index]
        const rank = rankOf(explained)
        if (!statement || rank > 2) continue
        const { start, end } = statement
        const place = { policy: name, index, line: start.line, column: start.column }
        const excerpt = text.slice(start.offset, Math.min(end.offset, start.offset + longestText))
        ranked.push({ rank, excerpt: { layer, level, ...place, text: excerpt } })
      }
    }
  }
  ranked.sort((a, b) => a.rank - b.rank)
  return ranked.slice(0, mostExcerpts).map(({ excerpt }) => excerpt)
}

/** A Deny that applies comes first, then what applies, then what only one element kept out. */
function rankOf({ applies, effect, failed }: StatementExplanation): number {
  if (applies) return effect === 'Deny' ? 0 : 1
  return effect === 'Allow' && failed.length === 1 ? 2 : 3
}

function attachedTo(
  sources: PolicySources,
  layer: Layer,
  level: number | null,
): readonly AttachedPolicy[] {
  const { identity, boundary, session, resource, scps, rcps, vpcEndpoint } = sources
  const one = (policy: AttachedPolicy | undefined): AttachedPolicy[] => (policy ? [policy] : [])
  switch (layer) {
    case 'identity':
      return identity
    case 'boundary':
      return one(boundary)
    case 'session':
      return session ?? []
    case 'resource':
    case 'trust':
      return one(resource)
    case 'scp':
      return scps?.[level ?? 0] ?? []
    case 'rcp':
      return rcps?.[level ?? 0] ?? []
    case 'vpc-endpoint':
      return one(vpcEndpoint)
  }
}
