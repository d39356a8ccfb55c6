/**
 * Keys that AWS documents as holding several values. It is a property of the key: a request with
 * one tag has a multivalued `aws:TagKeys` too.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const multivaluedKeys: ReadonlySet<string> = new Set(
  [
    'aws:CalledVia',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceNamesList',
    'aws:ResourceOrgPaths',
    'aws:SourceOrgPaths',
    'aws:TagKeys',
    'aws:VpceOrgPaths',
    'sts:IdentityTokenAudience',
    'sts:RequestContextProviders',
    'sts:TransitiveTagKeys',
    'iam:AccountPropertyNamespaces',
    'saml:eduOrgHomePageURI',
    'saml:eduOrgIdentityAuthNPolicyURI',
    'saml:eduOrgLegalName',
    'saml:eduOrgSuperiorURI',
    'saml:eduOrgWhitePagesURI',
    'saml:eduPersonAffiliation',
    'saml:eduPersonAssurance',
    'saml:eduPersonEntitlement',
    'saml:eduPersonNickname',
    'saml:eduPersonOrgUnitDN',
    'saml:eduPersonScopedAffiliation',
    'saml:eduPersonTargetedID',
    'saml:cn',
    'dynamodb:Attributes',
    'dynamodb:LeadingKeys',
    'kms:EncryptionContextKeys',
    'kms:GrantOperations',
    'kms:ResourceAliases',
    's3:RequestObjectTagKeys',
    'secretsmanager:AddReplicaRegions',
  ].map((key) => key.toLowerCase()),
)

/**
 * Whether AWS documents a key as holding several values.
 * @param key - in lower case; `<oidc provider>:amr` holds several values whatever the provider
 */
export function isDocumentedMultivalued(key: string): boolean {
  return multivaluedKeys.has(key) || key.endsWith(':amr')
}
