// Written by scripts/generate-managed-policies.ts: the first name of each shard, in lower case.
export const shardStarts: readonly string[] = [
  "accessanalyzerservicerolepolicy",
  "amazondatazonegluemanageaccessrolepolicy",
  "amazonemrreadonlyaccesspolicy_v2",
  "amazonrdsdatafullaccess",
  "amazonsagemakerspacescontrollerpolicy",
  "awsapplicationmigrationfsxproxypolicy",
  "awscodepipeline_readonlyaccess",
  "awselasticbeanstalkservicerolepolicy",
  "awsmanagementconsolebasicuseraccess",
  "awsquicksetupdevopsgurupermissionsboundary",
  "awsserviceroleforusersubscriptions",
  "awssystemsmanagerjustintimenodeaccessrolepropagationpolicy",
  "budgetsservicerolepolicy",
  "novaactservicerolepolicy",
  "sagemakerstudioadminprojectuserrolepolicy",
  "sagemakerstudioqueryexecutionrolepolicy"
]
