/** Rules as they are written every day for hosts, clusters, probes, databases and objectives: Prometheus 2 and 3 take each. The second is a summary. */
export const EVERYDAY_RULES: readonly (readonly [expression: string, summary: string])[] = [
  // Hosts.
  ['node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes * 100 < 10', '{{ $value | humanize }} % left'],
  [
    '100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))) > 85',
    'busy: {{ $labels.instance }}',
  ],
  [
    '(node_filesystem_avail_bytes{fstype!~"tmpfs|overlay",mountpoint!=""} / node_filesystem_size_bytes) < 0.05 and node_filesystem_readonly == 0',
    '{{ printf "%.1f" $value }}',
  ],
  [
    'predict_linear(node_filesystem_free_bytes{fstype=~"ext.?|xfs"}[6h], 4 * 3600) < 0',
    'full in {{ 14400.0 | humanizeDuration }}',
  ],
  [
    'rate(node_network_receive_errs_total{device!~"lo|veth.+"}[2m]) / rate(node_network_receive_packets_total[2m]) > 0.01',
    '{{ $labels.device }}',
  ],
  ['abs(node_timex_offset_seconds) > 0.05 and deriv(node_timex_offset_seconds[5m]) >= 0', '{{ .Labels.instance }}'],
  ['min_over_time(node_timex_sync_status[5m]) == 0', 'clock of {{ $labels.instance }}'],
  ['node_load15 > 2 * count without (cpu, mode) (node_cpu_seconds_total{mode="system"})', 'load {{ $value }}'],
  ['increase(node_vmstat_oom_kill[10m]) > 0', '{{ $value | humanize }} killed'],
  ['(time() - node_boot_time_seconds) < 600', 'up for {{ humanizeDuration $value }}'],
  ['changes(process_start_time_seconds{job=~"node|app"}[15m]) > 2', '{{ $labels.job }} restarts'],
  ['node_systemd_unit_state{state="failed"} == 1', '{{ if $labels.name }}{{ $labels.name }}{{ else }}a unit{{ end }}'],
  [
    '(node_md_disks{state="failed"} > 0) * on (instance) group_left (nodename) node_uname_info',
    '{{ $labels.nodename }}',
  ],
  ['node_filefd_allocated / node_filefd_maximum > .8', '{{ $value | humanizePercentage }}'],
  ['instance:node_cpu:ratio_rate5m{job="node"} >= 0.9', ''],
  // Clusters.
  [
    'sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total[1h])) > 5',
    '{{ $labels.namespace }}/{{ $labels.pod }}',
  ],
  [
    'max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m]) >= 1',
    '{{- $labels.container -}}',
  ],
  [
    'sum by (namespace, pod) (max by (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Unknown"}) * on (namespace, pod) group_left (owner_kind) topk by (namespace, pod) (1, max by (namespace, pod, owner_kind) (kube_pod_owner{owner_kind!="Job"}))) > 0',
    '{{ $labels.pod }} waits',
  ],
  [
    '(kube_deployment_spec_replicas{job="ksm"} > kube_deployment_status_replicas_available{job="ksm"}) and (changes(kube_deployment_status_replicas_updated{job="ksm"}[10m]) == 0)',
    '{{ with $labels.deployment }}{{ . }}{{ end }}',
  ],
  [
    'kube_statefulset_status_replicas_ready != kube_statefulset_replicas unless on (namespace) kube_namespace_labels{label_env="dev"}',
    '',
  ],
  ['kube_node_status_condition{condition="Ready",status="true"} == 0', '{{ $labels.node | toUpper }}'],
  ['count by (cluster) (kube_node_spec_unschedulable == 1) > 1', '{{ $value | printf "%.0f" }} cordoned'],
  [
    'sum by (cluster) (kube_pod_container_resource_requests{resource="memory"}) / sum by (cluster) (kube_node_status_allocatable{resource="memory"}) > 1.25',
    '{{ $value | humanizePercentage }} of memory',
  ],
  [
    'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.03 and kubelet_volume_stats_used_bytes > 0',
    '{{ $labels.persistentvolumeclaim }}',
  ],
  [
    'time() - max by (cronjob) (kube_job_status_start_time * on (job_name) group_right () label_replace(kube_cronjob_info, "job_name", "$1", "cronjob", "(.*)")) > 3600',
    '',
  ],
  [
    'histogram_quantile(0.99, sum by (le, verb) (rate(apiserver_request_duration_seconds_bucket{verb!="WATCH"}[5m]))) > 1',
    '{{ $labels.verb }}: {{ $value }}s',
  ],
  [
    'sum(rate(apiserver_request_total{code=~"5.."}[5m])) without (instance, pod) / sum(rate(apiserver_request_total[5m])) without (instance, pod) > 0.03',
    '',
  ],
  [
    'apiserver_client_certificate_expiration_seconds_count > 0 and on (job) histogram_quantile(0.01, sum by (job, le) (rate(apiserver_client_certificate_expiration_seconds_bucket[5m]))) < 604800',
    '',
  ],
  ['absent(up{job="kubelet"} == 1)', 'Kubelet is gone'],
  [
    'rate(container_cpu_cfs_throttled_periods_total{container!=""}[5m]) / rate(container_cpu_cfs_periods_total[5m]) > ( 25 / 100 )',
    '',
  ],
  ['kube_hpa_status_current_replicas == kube_hpa_spec_max_replicas', '{{ title $labels.hpa }}'],
  ['vector(1)', 'always'],
  ['stddev_over_time(kube_node_status_allocatable[1h:5m]) > 0', ''],
  // Objectives.
  [
    '(job:errors:ratio_rate1h{job="shop"} > (14.4 * 0.001) and job:errors:ratio_rate5m{job="shop"} > (14.4 * 0.001))',
    '{{ $value | humanizePercentage }}',
  ],
  [
    '(job:errors:ratio_rate6h > 6 * (1 - 0.999) and job:errors:ratio_rate30m > 6 * (1 - 0.999)) or (job:errors:ratio_rate3d > 0.001 and job:errors:ratio_rate6h > 0.001)',
    '',
  ],
  [
    'sum(rate(http_requests_total{code=~"5..|429"}[30m])) by (service) / (sum(rate(http_requests_total[30m])) by (service) > 0)',
    '',
  ],
  [
    '1 - (sum_over_time(job:errors:ratio_rate5m[30d]) / count_over_time(job:errors:ratio_rate5m[30d])) < bool 0.999',
    '',
  ],
  ['avg_over_time((sum by (service) (rate(http_requests_total[5m])))[1d:5m]) > 100', ''],
  ['clamp_max(sum(rate(errors_total[28d])) / sum(rate(requests_total[28d])), 1) >= 0.01', ''],
  [
    'histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket{route!~"/(health|metrics)"}[10m]))) > 0.3 and sum(rate(http_request_duration_seconds_count[10m])) > 1',
    '{{ $value | humanizeDuration }}',
  ],
  ['quantile_over_time(0.95, probe_duration_seconds[1h]) > scalar(max(slo_latency_seconds))', ''],
  ['rate(http_requests_total[5m]) < 0.5 * rate(http_requests_total[5m] offset 1w)', 'half of last week'],
  ['sum(rate(http_requests_total[1m])) == 0 and sum(rate(http_requests_total[1m] offset 1d)) > 0', ''],
  ['abs(x:rate5m - avg_over_time(x:rate5m[1w])) > 3 * stddev_over_time(x:rate5m[1w])', ''],
  // Probes.
  ['probe_success{job="blackbox"} == 0', '{{ reReplaceAll "https?://(.*)" "$1" $labels.instance }}'],
  ['probe_ssl_earliest_cert_expiry - time() < 86400 * 14', '{{ $value | humanizeDuration }}'],
  ['(last_over_time(probe_ssl_earliest_cert_expiry[10m]) - time()) / 86400 <= 3', '{{ $value | printf "%.0f" }} days'],
  ['probe_http_status_code <= 199 OR probe_http_status_code >= 400', 'HTTP {{ $value }}'],
  ['avg_over_time(probe_http_duration_seconds{phase!~"(?i:tls)"}[1m]) > 1', '{{ $labels.phase }}'],
  ['sum by (instance) (avg_over_time(probe_dns_lookup_time_seconds[1m])) > 1e-1', ''],
  [
    'up{job!~"(spot|batch)-.*"} == 0 unless on (instance) (maintenance == 1)',
    '{{ range query "up == 0" }}{{ .Labels.instance }} {{ end }}',
  ],
  ['count(up == 0) by (job) / count(up) by (job) > .5', '{{ with query "count(up)" }}{{ . | first | value }}{{ end }}'],
  ['scrape_samples_post_metric_relabeling > 5e4', ''],
  ['ALERTS{alertname="Watchdog",alertstate="firing"} offset 5m unless ALERTS', ''],
  // Redis, PostgreSQL and other stores.
  [
    'redis_memory_used_bytes / redis_memory_max_bytes > 0.9 and redis_memory_max_bytes > 0',
    '{{ $value | humanizePercentage }}',
  ],
  [
    'count without (instance, job) (redis_connected_slaves) - sum without (instance, job) (redis_connected_slaves) - 1 > 1',
    '',
  ],
  ['delta(redis_connected_clients[1m]) < -50', ''],
  ['rate(redis_rejected_connections_total[5m]) > 0 or increase(redis_evicted_keys_total[5m]) > 1000', ''],
  ['time() - redis_rdb_last_save_timestamp_seconds > 60 * 60 * 24', ''],
  [
    'sum(pg_stat_activity_count{datname!~"template.*|postgres"}) by (instance) / on (instance) pg_settings_max_connections > 0.8',
    '',
  ],
  ['rate(pg_stat_database_deadlocks{datname!~"template.*"}[1m]) > 0', '{{ $labels.datname | safeHtml }}'],
  ['pg_replication_lag_seconds > 30 and on (instance) (pg_replication_is_replica == 1)', '{{ $value | humanize1024 }}'],
  [
    'rate(pg_stat_database_xact_rollback[3m]) / (rate(pg_stat_database_xact_rollback[3m]) + rate(pg_stat_database_xact_commit[3m])) > 0.02',
    '',
  ],
  [
    '(pg_stat_user_tables_n_dead_tup > 10000) / (pg_stat_user_tables_n_live_tup + pg_stat_user_tables_n_dead_tup) >= 0.1',
    '',
  ],
  ['max(max_over_time(pg_stat_activity_max_tx_duration{state!="idle"}[5m])) by (datname) > 900', ''],
  ['sum by (queue) (rabbitmq_queue_messages_ready) > 100 and deriv(rabbitmq_queue_messages_ready[15m]) > 0', ''],
  ['sort_desc(topk(3, sum by (topic) (kafka_consumergroup_lag)))', ''],
  ['resets(mysql_global_status_uptime[5m]) > 0 # restarted', ''],
  ['day_of_week() > 0 and day_of_week() < 6 and hour() >= 8 and backlog > 10', ''],
  ["{__name__=~'job:.+',team='shop'} > 0", '{{ $externalLabels.region }} {{ $value | humanize }}'],
  ['round(sum(rate(x_total[5m])) * 60, 0.1) % 2 ^ 2 != 0', ''],
  ['label_join(up, "who", "/", "job", "instance") == 0', '{{ $labels.who }}'],
  ['group by (job) (up) unless on (job) group by (job) (expected_job)', ''],
  ['x @ end() > 0 or max_over_time(x[5m:1m] @ start()) == 1 or -x ^ 2 > +Inf', ''],
]
