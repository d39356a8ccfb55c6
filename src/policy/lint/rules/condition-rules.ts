import { error, securityWarning, suggestion, warning } from '../rule.ts'

/** Condition keys, operators and values. */
export const conditionRules = {
  'revocation-revokes-nothing': error(
    'The policy looks like a revocation of sessions, but no session has its condition key.',
  ),
  'date-without-zone': warning('AWS reads a time without a zone as UTC, wherever it was written.'),
  'invalid-date-value': error('The value is no date, so the comparison never holds.'),
  'invalid-condition-key-format': error('A condition key has the form service:name.'),
  'invalid-global-condition-key': error('No global condition key has this name.'),
  'invalid-service-condition-key': error('The service has no condition key of this name.'),
  'invalid-condition-key-service': error('No service or identity provider has this prefix.'),
  'unknown-provider-claim': warning('AWS takes no condition key from this claim of a provider.'),
  'missing-tag-key-in-condition': error('The key needs a name after its slash.'),
  'duplicate-keys-with-different-case': error('Key names ignore case, so this is one key twice.'),
  'unsupported-action-for-condition-key': warning(
    'None of the statement’s actions is documented to carry the key.',
  ),
  'type-mismatch': warning('The operator does not suit the type of the key.'),
  'type-mismatch-number': error('The value is no number, so the comparison never holds.'),
  'type-mismatch-boolean': error('The value is neither true nor false; AWS reads it as false.'),
  'type-mismatch-ip-range': error('The value is no IP address or CIDR range.'),
  'type-mismatch-arn': error('The value is no ARN of six parts.'),
  'type-mismatch-binary': error('The value is not base64.'),
  'ip-range-never-matches': error('No caller’s address can lie in this range.'),
  'improve-ip-range': suggestion('The range has bits set behind its prefix; AWS ignores them.'),
  'private-ip-address': warning('aws:SourceIp is a public address; private ones never match.'),
  'arn-key-with-string-operator': suggestion(
    'An Arn operator compares the parts of an ARN; a string operator does not.',
  ),
  'string-like-operator-with-arn-key': securityWarning(
    'A wildcard of StringLike can run over the parts of an ARN.',
  ),
  'missing-qualifier': error('A plain operator never matches a key that holds several values.'),
  'for-all-values-with-single-valued-key': securityWarning(
    'ForAllValues also holds when the key is absent, and this key has one value.',
  ),
  'for-any-value-with-single-valued-key': suggestion('The key has one value and needs no set.'),
  'for-all-values-without-null-check': securityWarning(
    'ForAllValues allows a request without the key; a Null test beside it closes that.',
  ),
  'wildcard-without-like-operator': warning('The operator compares * and ? as plain characters.'),
  'wildcard-in-sensitive-key': securityWarning('A wildcard in this key lets strangers in.'),
  'invalid-vpc-format': error('The id of a VPC begins with vpc-.'),
  'invalid-vpce-format': error('The id of a VPC endpoint begins with vpce-.'),
  'invalid-condition-multiple-boolean': error('A Bool of both true and false holds nothing back.'),
  'invalid-variable-for-operator': error('Variables expand under string and ARN operators only.'),
  'redundant-condition-value': suggestion('Another value of the key covers this one.'),
  'mfa-deny-misses-long-term-keys': warning(
    'aws:MultiFactorAuthPresent is absent with long-term keys, so the Deny passes them.',
  ),
  'mfa-allow-without-mfa': securityWarning('The statement allows requests made without MFA.'),
  'if-exists-with-allow': securityWarning('IfExists allows every request that lacks the key.'),
  'negated-operator-with-allow': warning('A negated operator allows a request without the key.'),
}
