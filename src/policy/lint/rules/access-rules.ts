import { error, securityWarning, suggestion, warning } from '../rule.ts'

/** Who gets in, and how far. */
export const accessRules = {
  'invalid-principal-format': error('The principal has no form that AWS knows.'),
  'invalid-principal-key': error('Principals stand under AWS, Service, Federated, CanonicalUser.'),
  'unsupported-wildcard-in-principal': error('A principal is * alone or has no wildcard at all.'),
  'unsupported-principal': error('An entity of this type is never a principal.'),
  'deleted-principal': warning('A unique id stands where AWS keeps a principal it deleted.'),
  'invalid-service-principal-format': error('A service principal ends in amazonaws.com.'),
  'unknown-federation-source': error('The federated principal is no provider that AWS knows.'),
  'redundant-principal': suggestion('The principal is named twice, or another one covers it.'),
  'principal-action-mismatch': error('A principal of this type never calls the action.'),
  'allow-with-not-principal': securityWarning('Allow with NotPrincipal lets in everybody else.'),
  'allow-with-not-action': warning('Allow with NotAction also allows what AWS adds later.'),
  'allow-with-not-resource': securityWarning('Allow with NotResource reaches all that is unnamed.'),
  'public-access': securityWarning('The statement lets everybody in, without a condition.'),
  'trust-of-all-principals': securityWarning('Any principal of any account can assume the role.'),
  'restrict-access-to-service-principal': securityWarning(
    'Without aws:SourceArn, aws:SourceAccount or aws:SourceOrgID a service is a confused deputy.',
  ),
  'missing-condition-key-for-oidc-principal': securityWarning(
    'Without a condition on aud or sub any user of the provider can assume the role.',
  ),
  'missing-github-repo-condition-key': securityWarning(
    'The provider is shared by everybody, and the trust does not say whose workloads it means.',
  ),
  'missing-saml-audience': suggestion('The trust of a SAML provider does not test saml:aud.'),
  'missing-external-id': suggestion(
    'A trusted account of somebody else should have to name an sts:ExternalId.',
  ),
  'full-admin-access': securityWarning('The statement allows every action on every resource.'),
  'pass-role-with-star-in-resource': securityWarning(
    'iam:PassRole on every role hands out any of them to a service.',
  ),
  'pass-role-with-star-in-action-and-resource': securityWarning(
    'A wildcard action includes iam:PassRole, on every role.',
  ),
  'create-slr-with-star-in-resource': suggestion(
    'A service-linked role is made for one service; iam:AWSServiceName says for which.',
  ),
  'pass-role-with-not-resource': securityWarning(
    'NotResource lets iam:PassRole reach every role that is not listed.',
  ),
  'privilege-escalation': suggestion('The actions let their holder obtain any other permission.'),
  'resource-policy-privilege-escalation': suggestion(
    'Who may write a resource’s policy can obtain all access to it.',
  ),
}
