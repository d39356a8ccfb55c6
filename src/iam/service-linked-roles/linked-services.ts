/**
 * The services that have a service-linked role: how its name ends, the policy AWS attaches to it, and whether a
 * caller may add a suffix to the name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export interface LinkedService {
  /** Such as `autoscaling.amazonaws.com`. */
  readonly service: string
  readonly roleName: string
  readonly policyArn: string
  readonly takesSuffix: boolean
}

export const linkedService = (service: string): LinkedService | undefined =>
  linkedServices.get(service)

const takesSuffix = true

/** Service before `.amazonaws.com`, name after `AWSServiceRoleFor`, policy after its path. */
type Row = readonly [service: string, name: string, policy: string, takesSuffix?: boolean]

// biome-ignore format: one service a line reads as a table
const rows: readonly Row[] = [
  ['access-analyzer', 'AccessAnalyzer', 'AccessAnalyzerServiceRolePolicy'],
  ['accountdiscovery.ssm', 'AmazonSSM_AccountDiscovery', 'AWSSystemsManagerAccountDiscoveryServicePolicy'],
  ['acm', 'CertificateManager', 'CertificateManagerServiceRolePolicy'],
  ['appmesh', 'AppMesh', 'AWSAppMeshServiceRolePolicy'],
  ['apprunner', 'AppRunner', 'AppRunnerServiceRolePolicy'],
  ['appstream.application-autoscaling', 'ApplicationAutoScaling_AppStreamFleet', 'AWSApplicationAutoscalingAppStreamFleetPolicy'],
  ['autoscaling-plans', 'AutoScalingPlans_EC2AutoScaling', 'AWSAutoScalingPlansEC2AutoScalingPolicy'],
  ['autoscaling', 'AutoScaling', 'AutoScalingServiceRolePolicy', takesSuffix],
  ['backup', 'Backup', 'AWSBackupServiceLinkedRolePolicyForBackup'],
  ['batch', 'Batch', 'BatchServiceRolePolicy'],
  ['braket', 'AmazonBraket', 'AmazonBraketServiceRolePolicy'],
  ['cassandra.application-autoscaling', 'ApplicationAutoScaling_CassandraTable', 'AWSApplicationAutoscalingCassandraTablePolicy'],
  ['cks.kms', 'KeyManagementServiceCustomKeyStores', 'AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy'],
  ['cloud9', 'AWSCloud9', 'AWSCloud9ServiceRolePolicy'],
  ['cloudhsm', 'CloudHSM', 'CloudHSMServiceRolePolicy'],
  ['cloudtrail', 'CloudTrail', 'CloudTrailServiceRolePolicy'],
  ['cloudwatch-crossaccount', 'CloudWatchCrossAccount', 'CloudWatch-CrossAccountAccess'],
  ['codestar-notifications', 'CodeStarNotifications', 'AWSCodeStarNotificationsServiceRolePolicy'],
  ['comprehend.application-autoscaling', 'ApplicationAutoScaling_ComprehendEndpoint', 'AWSApplicationAutoscalingComprehendEndpointPolicy'],
  ['compute-optimizer', 'ComputeOptimizer', 'ComputeOptimizerServiceRolePolicy'],
  ['config', 'Config', 'AWSConfigServiceRolePolicy'],
  ['connect', 'AmazonConnect', 'AmazonConnectServiceLinkedRolePolicy', takesSuffix],
  ['custom-resource.application-autoscaling', 'ApplicationAutoScaling_CustomResource', 'AWSApplicationAutoScalingCustomResourcePolicy'],
  ['dax', 'DAX', 'DAXServiceRolePolicy'],
  ['detective', 'Detective', 'AmazonDetectiveServiceLinkedRolePolicy'],
  ['dms-fleet-advisor', 'DMSFleetAdvisor', 'AWSDMSFleetAdvisorServiceRolePolicy'],
  ['dms', 'DMSServerless', 'AWSDMSServerlessServiceRolePolicy'],
  ['docdb-elastic', 'DocDB-Elastic', 'AmazonDocDB-ElasticServiceRolePolicy'],
  ['dynamodb.application-autoscaling', 'ApplicationAutoScaling_DynamoDBTable', 'AWSApplicationAutoscalingDynamoDBTablePolicy'],
  ['ec2-instance-connect', 'Ec2InstanceConnect', 'Ec2InstanceConnectEndpoint'],
  ['ec2.application-autoscaling', 'ApplicationAutoScaling_EC2SpotFleetRequest', 'AWSApplicationAutoscalingEC2SpotFleetRequestPolicy'],
  ['ec2fleet', 'EC2Fleet', 'AWSEC2FleetServiceRolePolicy'],
  ['ec2scheduled', 'EC2ScheduledInstances', 'AWSServiceRoleForEC2ScheduledInstances'],
  ['ecr', 'ECRTemplate', 'ECRTemplateServiceRolePolicy'],
  ['ecs.application-autoscaling', 'ApplicationAutoScaling_ECSService', 'AWSApplicationAutoscalingECSServicePolicy'],
  ['ecs', 'ECS', 'AmazonECSServiceRolePolicy'],
  ['eks-connector', 'AmazonEKSConnector', 'AmazonEKSConnectorServiceRolePolicy'],
  ['eks-fargate', 'AmazonEKSForFargate', 'AmazonEKSForFargateServiceRolePolicy'],
  ['eks-nodegroup', 'AmazonEKSNodegroup', 'AWSServiceRoleForAmazonEKSNodegroup'],
  ['eks', 'AmazonEKS', 'AmazonEKSServiceRolePolicy'],
  ['elasticache', 'ElastiCache', 'ElastiCacheServiceRolePolicy'],
  ['elasticache.application-autoscaling', 'ApplicationAutoScaling_ElastiCacheRG', 'AWSApplicationAutoscalingElastiCacheRGPolicy'],
  ['elasticbeanstalk', 'ElasticBeanstalk', 'AWSElasticBeanstalkServiceRolePolicy'],
  ['elasticfilesystem', 'AmazonElasticFileSystem', 'AmazonElasticFileSystemServiceRolePolicy'],
  ['elasticloadbalancing', 'ElasticLoadBalancing', 'AWSElasticLoadBalancingServiceRolePolicy'],
  ['elasticmapreduce', 'EMRCleanup', 'AmazonEMRCleanupPolicy'],
  ['email.cognito-idp', 'AmazonCognitoIdpEmailService', 'AmazonCognitoIdpEmailServiceRolePolicy'],
  ['emr-containers', 'AmazonEMRContainers', 'AmazonEMRContainersServiceRolePolicy'],
  ['emrwal', 'EMRWAL', 'EMRDescribeClusterPolicyForEMRWAL'],
  ['es', 'AmazonElasticsearchService', 'AmazonElasticsearchServiceRolePolicy'],
  ['fis', 'FIS', 'AmazonFISServiceRolePolicy'],
  ['fms', 'FMS', 'FMSServiceRolePolicy'],
  ['fsx', 'AmazonFSx', 'AmazonFSxServiceRolePolicy'],
  ['globalaccelerator', 'GlobalAccelerator', 'AWSGlobalAcceleratorSLRPolicy'],
  ['grafana', 'AmazonGrafana', 'AmazonGrafanaServiceLinkedRolePolicy'],
  ['guardduty', 'AmazonGuardDuty', 'AmazonGuardDutyServiceRolePolicy'],
  ['imagebuilder', 'ImageBuilder', 'AWSServiceRoleForImageBuilder'],
  ['inspector2', 'AmazonInspector2', 'AmazonInspector2ServiceRolePolicy'],
  ['iotmanagedintegrations', 'IoTManagedIntegrations', 'AWSIoTManagedIntegrationsRolePolicy'],
  ['kafka', 'Kafka', 'KafkaServiceRolePolicy'],
  ['kafka.application-autoscaling', 'ApplicationAutoScaling_KafkaCluster', 'AWSApplicationAutoscalingKafkaClusterPolicy'],
  ['kafkaconnect', 'KafkaConnect', 'KafkaConnectServiceRolePolicy'],
  ['lakeformation', 'LakeFormationDataAccess', 'LakeFormationDataAccessServiceRolePolicy'],
  ['lambda.application-autoscaling', 'ApplicationAutoScaling_LambdaConcurrency', 'AWSApplicationAutoscalingLambdaConcurrencyPolicy'],
  ['lex', 'LexBots', 'LexBotPolicy'],
  ['lexv2', 'LexV2Bots', 'AmazonLexV2BotPolicy', takesSuffix],
  ['license-manager', 'AWSLicenseManagerRole', 'AWSLicenseManagerServiceRolePolicy'],
  ['lightsail', 'Lightsail', 'LightsailExportAccess'],
  ['m2', 'AWSM2', 'AWSM2ServicePolicy'],
  ['macie', 'AmazonMacie', 'AmazonMacieServiceRolePolicy'],
  ['malware-protection.guardduty', 'AmazonGuardDutyMalwareProtection', 'AmazonGuardDutyMalwareProtectionServiceRolePolicy'],
  ['memorydb', 'MemoryDB', 'MemoryDBServiceRolePolicy'],
  ['mq', 'AmazonMQ', 'AmazonMQServiceRolePolicy'],
  ['mrk.kms', 'KeyManagementServiceMultiRegionKeys', 'AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy'],
  ['network-firewall', 'NetworkFirewall', 'AWSNetworkFirewallServiceRolePolicy'],
  ['networkmanager', 'NetworkManager', 'AWSNetworkManagerServiceRolePolicy'],
  ['notifications', 'AwsUserNotifications', 'AWSUserNotificationsServiceLinkedRolePolicy'],
  ['observability.aoss', 'AmazonOpenSearchServerless', 'AmazonOpenSearchServerlessServiceRolePolicy'],
  ['opensearchservice', 'AmazonOpenSearchService', 'AmazonOpenSearchServiceRolePolicy'],
  ['ops.apigateway', 'APIGateway', 'APIGatewayServiceRolePolicy'],
  ['ops.emr-serverless', 'AmazonEMRServerless', 'AmazonEMRServerlessServiceRolePolicy'],
  ['opsdatasync.ssm', 'SystemsManagerOpsDataSync', 'AWSSystemsManagerOpsDataSyncServiceRolePolicy'],
  ['opsinsights.ssm', 'AmazonSSM_OpsInsights', 'AWSSSMOpsInsightsServiceRolePolicy'],
  ['organizations', 'Organizations', 'AWSOrganizationsServiceTrustPolicy'],
  ['osis', 'AmazonOpenSearchIngestionService', 'AmazonOpenSearchIngestionServiceRolePolicy'],
  ['pullthroughcache.ecr', 'ECRPullThroughCache', 'AWSECRPullThroughCache_ServiceRolePolicy'],
  ['ram', 'ResourceAccessManager', 'AWSResourceAccessManagerServiceRolePolicy'],
  ['rds.application-autoscaling', 'ApplicationAutoScaling_RDSCluster', 'AWSApplicationAutoscalingRDSClusterPolicy'],
  ['rds', 'RDS', 'AmazonRDSServiceRolePolicy'],
  ['redshift', 'Redshift', 'AmazonRedshiftServiceLinkedRolePolicy'],
  ['replicator.lambda', 'LambdaReplicator', 'AWSLambdaReplicator'],
  ['replication.cassandra', 'KeyspacesReplication', 'KeyspacesReplicationServiceRolePolicy'],
  ['replication.dynamodb', 'DynamoDBReplication', 'DynamoDBReplicationServiceRolePolicy'],
  ['replication.ecr', 'ECRReplication', 'ECRReplicationServiceRolePolicy'],
  ['repository.sync.codeconnections', 'GitSync', 'AWSGitSyncServiceRolePolicy'],
  ['resource-explorer-2', 'ResourceExplorer', 'AWSResourceExplorerServiceRolePolicy'],
  ['rolesanywhere', 'RolesAnywhere', 'AWSRolesAnywhereServicePolicy'],
  ['route53resolver', 'Route53Resolver', 'Route53ResolverServiceRolePolicy'],
  ['s3-outposts', 'S3OnOutposts', 'AWSS3OnOutpostsServiceRolePolicy'],
  ['sagemaker.application-autoscaling', 'ApplicationAutoScaling_SageMakerEndpoint', 'AWSApplicationAutoscalingSageMakerEndpointPolicy'],
  ['securityhub', 'SecurityHub', 'AWSSecurityHubServiceRolePolicy'],
  ['servicequotas', 'ServiceQuotas', 'ServiceQuotasServiceRolePolicy'],
  ['ses', 'AmazonSES', 'AmazonSESServiceRolePolicy'],
  ['shield', 'AWSShield', 'AWSShieldServiceRolePolicy'],
  ['spot', 'EC2Spot', 'AWSEC2SpotServiceRolePolicy'],
  ['spotfleet', 'EC2SpotFleet', 'AWSEC2SpotFleetServiceRolePolicy'],
  ['ssm-incidents', 'IncidentManager', 'AWSIncidentManagerServiceRolePolicy'],
  ['ssm-quicksetup', 'SSMQuickSetup', 'SSMQuickSetupRolePolicy'],
  ['ssm', 'AmazonSSM', 'AmazonSSMServiceRolePolicy'],
  ['sso', 'SSO', 'AWSSSOServiceRolePolicy'],
  ['support', 'Support', 'AWSSupportServiceRolePolicy'],
  ['transitgateway', 'VPCTransitGateway', 'AWSVPCTransitGatewayServiceRolePolicy'],
  ['trustedadvisor', 'TrustedAdvisor', 'AWSTrustedAdvisorServiceRolePolicy'],
  ['vpc-lattice', 'VpcLattice', 'AWSVpcLatticeServiceRolePolicy'],
  ['vpcorigin.cloudfront', 'CloudFrontVPCOrigin', 'AWSCloudFrontVPCOriginServiceRolePolicy'],
  ['waf', 'WAFLogging', 'WAFLoggingServiceRolePolicy'],
  ['wafv2', 'WAFV2Logging', 'WAFV2LoggingServiceRolePolicy'],
]

const linkedServices: ReadonlyMap<string, LinkedService> = new Map(
  rows.map(([host, name, policy, suffix = false]) => {
    const service = `${host}.amazonaws.com`
    const roleName = `AWSServiceRoleFor${name}`
    const policyArn = `arn:aws:iam::aws:policy/aws-service-role/${policy}`
    return [service, { service, roleName, policyArn, takesSuffix: suffix }]
  }),
)
