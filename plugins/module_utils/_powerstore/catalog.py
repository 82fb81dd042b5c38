# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource types of PowerStore's REST API and their attributes. Made by tools/derive_catalog.py; do not edit.

Source: PowerStore REST API documents 4.0.0.0 and 4.1.0.0.
"""

from __future__ import annotations

# name: a text, name?: a boolean, name#: a number, name[]: a list; behind it . for an embedded structure,
# >type for a relation.
TYPE_MARKS = "?#[]."

TYPES = {
    "alert": (
        "acknowledged_timestamp called_home_timestamp cleared_timestamp email_sent_timestamp event_code events[]. "
        "generated_timestamp id is_acknowledged? raised_timestamp resource_id resource_name resource_type severity "
        "snmp_sent_timestamp state"
    ),
    "appliance": (
        "drive_failure_tolerance_level eth_be_ports[]>eth_be_port eth_ports[]>eth_port express_service_code "
        "fc_ports[]>fc_port fsns[]>fsn hardware[]>hardware id ip_pool_addresses[]>ip_pool_address is_hyper_converged? "
        "maintenance_windows[]>maintenance_window mode model name node_count# nodes[]>node sas_ports[]>sas_port "
        "service_tag software_installed[]>software_installed storage_class veth_ports[]>veth_port "
        "virtual_volumes[]>virtual_volume volumes[]>volume"
    ),
    "audit_event": (
        "appliance_id client_address id is_successful? job_id message_arguments[] message_code resource_action "
        "resource_type server_address timestamp type username"
    ),
    "bond": (
        "description eth_ports[]>eth_port fsn>fsn fsn_id id ip_ports[]>ip_port is_link_up? mode mtu# name "
        "partner>bond partner_id status type"
    ),
    "cert_role_mapping": "id is_locked? name role_id",
    "chap_config": "id mode",
    "cluster": (
        "appliance_count# compatibility_level# global_id id is_encryption_enabled? management_address "
        "master_appliance_id name nvm_subsystem_nqn physical_mtu# primary_appliance_id state "
        "storage_discovery_address system_time"
    ),
    "datacollection": (
        "appliances[]. compressed_size# creator_type description downloaded end_timestamp id log_from_timestamp "
        "log_to_timestamp profiles[]. start_timestamp status status_message uncompressed_size# uploaded"
    ),
    "datastore": (
        "id instance_uuid name nfs_export>nfs_export nfs_export_id storage_container>storage_container "
        "storage_container_id type vcenter>vcenter vcenter_id virtual_machines[]>virtual_machine volumes[]>volume "
        "vsphere_hosts[]>vsphere_host vsphere_object_id"
    ),
    "discovered_appliance": (
        "build_id build_version clustering_compatibilities[]. drive_failure_tolerance_level_and_availability[]. "
        "express_service_code id is_hyper_converged? is_local? is_unified_capable? link_local_address "
        "management_service_ready? mode model node_count# power_score# service_name service_tag "
        "software_version_compatibility state storage_class version"
    ),
    "discovered_initiator": "name nvme_transport_addresses[] nvme_transport_types[] protocol_type",
    "dns": "addresses[] id",
    "email_notify_destination": "email_address id notify_critical? notify_info? notify_major? notify_minor?",
    "eth_be_port": (
        "actual_peer>eth_be_port actual_peer_id appliance>appliance appliance_id expected_peer>eth_be_port "
        "expected_peer_id hardware_parent>hardware hardware_parent_id id is_link_up? mac_address name node>hardware "
        "node_id port_connector_type port_index# protocols[] sfp>hardware sfp_id speed stale_state"
    ),
    "eth_port": (
        "appliance>appliance appliance_id bond>bond bond_id current_mtu# current_speed fsn>fsn fsn_id "
        "hardware_parent>hardware hardware_parent_id hypervisor_port_id# hypervisor_port_name hypervisor_vswitch_id "
        "hypervisor_vswitch_name id io_module>hardware io_module_id ip_ports[]>ip_port is_hypervisor_managed? "
        "is_in_use? is_link_up? l2_discovery_details. mac_address name node>hardware node_id partner>eth_port "
        "partner_id permanent_mac_address port_connector_type port_index# requested_speed sfp>hardware sfp_id "
        "stale_state supported_speeds[]"
    ),
    "event": "event_code generated_timestamp id resource_id resource_name resource_type severity",
    "fast_metrics_config": "id resource_id resource_type",
    "fc_port": (
        "appliance>appliance appliance_id current_speed hardware_parent>hardware hardware_parent_id id "
        "io_module>hardware io_module_id is_in_use? is_link_up? name node>hardware node_id partner>fc_port partner_id "
        "port_connector_type port_index# protocols[] requested_speed scsi_mode sfp>hardware sfp_id stale_state "
        "supported_speeds[] wwn wwn_node wwn_nvme"
    ),
    "file_dhsm_config": "id nas_server>nas_server nas_server_id user_name",
    "file_dns": (
        "domain id ip_addresses[] is_destination_override_enabled? nas_server>nas_server nas_server_id "
        "source_parameters transport"
    ),
    "file_events_pool": (
        "destination_file_events_publisher_servers[] file_events_publisher_servers[] "
        "file_events_publishers[]>file_events_publisher file_events_settings[]. id is_replica? name"
    ),
    "file_events_publisher": (
        "connection_timeout# deny_access_when_all_servers_offline? file_events_pools[]>file_events_pool heartbeat# "
        "http_port# id is_enabled? is_replica? name nas_servers[]>nas_server post_event_policy username"
    ),
    "file_ftp": (
        "audit_dir audit_max_size# default_homedir groups[] hosts[] id is_allowed_groups? is_allowed_hosts? "
        "is_allowed_users? is_anonymous_authentication_enabled? is_audit_enabled? is_ftp_enabled? "
        "is_homedir_limit_enabled? is_sftp_enabled? is_smb_authentication_enabled? is_unix_authentication_enabled? "
        "message_of_the_day nas_server>nas_server nas_server_id users[] welcome_message"
    ),
    "file_import_interface": "gateway id ip_address ip_port_id prefix_length# vlan_id#",
    "file_import_nas_server": (
        "file_interfaces[]. file_systems[]. id importable_criteria is_cta_configured? is_importable? name "
        "non_importable_criteria[] non_importable_messages[]. non_importable_reasons protocol_type remote_system_id "
        "smb_server."
    ),
    "file_import_session": (
        "cta_admin_username current_operation current_operation_progress_percentage# description "
        "destination_resource_id destination_resource_type error estimated_completion_timestamp# id "
        "import_file_interface_id last_update_timestamp name nas_server_id protection_policy_id remote_system_id "
        "scheduled_timestamp source_dhsm_username source_interface source_resource_id source_smb_admin_username state"
    ),
    "file_interface": (
        "file_interface_routes[]>file_interface_route gateway id ip_address ip_port>ip_port ip_port_id "
        "is_destination_override_enabled? is_disabled? is_dr_test? name nas_server>nas_server nas_server_id "
        "prefix_length# role source_parameters. vlan_id#"
    ),
    "file_interface_route": (
        "destination file_interface>file_interface file_interface_id gateway id operational_status prefix_length#"
    ),
    "file_io_limit_rule": "id max_bw# name policies[]>policy",
    "file_kerberos": "id kdc_addresses[] nas_server>nas_server nas_server_id port_number# realm",
    "file_ldap": (
        "addresses[] authentication_type base_DN bind_DN id is_certificate_uploaded? is_config_file_uploaded? "
        "is_destination_override_enabled? is_smb_account_used? is_verify_server_certificate? nas_server>nas_server "
        "nas_server_id port_number# principal profile_DN protocol realm schema_type source_parameters"
    ),
    "file_ndmp": "id nas_server>nas_server nas_server_id user_name",
    "file_nis": (
        "domain id ip_addresses[] is_destination_override_enabled? nas_server>nas_server nas_server_id "
        "source_parameters"
    ),
    "file_system": (
        "access_policy access_type config_type creation_timestamp creator_type default_hard_limit# "
        "default_soft_limit# description expiration_timestamp file_events_publishing_mode "
        "file_tree_quotas[]>file_tree_quota file_user_quotas[]>file_user_quota filesystem_type flr_attributes. "
        "folder_rename_policy grace_period# host_io_size id is_async_MTime_enabled? is_modified? is_quota_enabled? "
        "is_secure? is_smb_no_notify_enabled? is_smb_notify_on_access_enabled? is_smb_notify_on_write_enabled? "
        "is_smb_op_locks_enabled? is_smb_sync_writes_enabled? last_refresh_timestamp last_writable_timestamp "
        "locking_policy name nas_server>nas_server nas_server_id nfs_exports[]>nfs_export parent_id "
        "performance_policy>policy performance_policy_id protection_policy>policy protection_policy_id size_total# "
        "size_used# smb_notify_on_change_dir_depth# smb_shares[]>smb_share"
    ),
    "file_tree_quota": (
        "description file_system>file_system file_system_id file_user_tree_quotas[]>file_user_quota grace_period# "
        "hard_limit# id is_user_quotas_enforced? path remaining_grace_period# size_used# soft_limit# state"
    ),
    "file_user_quota": (
        "file_system>file_system file_system_id hard_limit# id remaining_grace_period# size_used# soft_limit# state "
        "tree_quota>file_tree_quota tree_quota_id uid# unix_name windows_name windows_sid"
    ),
    "file_virus_checker": (
        "files_to_exclude[] files_to_scan[] high_watermark# http_port# id ip_addresses[] is_config_file_uploaded? "
        "is_destination_override_enabled? is_enabled? low_watermark# max_file_size# msrpc_user msrpc_user_password "
        "nas_server>nas_server nas_server_id offline_policy reference_time rpc_request_timeout# rpc_retry_timeout# "
        "survey_time#"
    ),
    "fsn": (
        "active_port_id appliance>appliance appliance_id bonds[]>bond description eth_ports[]>eth_port id "
        "ip_ports[]>ip_port is_link_up? mtu# name partner>fsn partner_id primary_port_id status"
    ),
    "hardware": (
        "appliance>appliance appliance_id children[]>hardware extra_details. "
        "hardware_parent_eth_be_ports[]>eth_be_port hardware_parent_eth_ports[]>eth_port "
        "hardware_parent_fc_ports[]>fc_port hardware_parent_sas_ports[]>sas_port id io_module_eth_ports[]>eth_port "
        "io_module_fc_ports[]>fc_port io_module_sas_ports[]>sas_port is_marked? lifecycle_state name "
        "node_eth_be_ports[]>eth_be_port node_eth_ports[]>eth_port node_fc_ports[]>fc_port node_sas_ports[]>sas_port "
        "parent>hardware parent_id part_number serial_number sfp_eth_be_ports[]>eth_be_port sfp_eth_ports[]>eth_port "
        "sfp_fc_ports[]>fc_port sfp_sas_ports[]>sas_port slot# stale_state status_led_state type valid_upgrades[]."
    ),
    "host": (
        "description host_connectivity host_group>host_group host_group_id host_initiators[]. "
        "host_virtual_volume_mappings[]>host_virtual_volume_mapping id import_host_system>import_host_system "
        "import_host_system_id initiators[]>initiator mapped_hosts[]>host_volume_mapping name os_type type "
        "vsphere_hosts[]>vsphere_host"
    ),
    "host_group": (
        "description host_connectivity host_virtual_volume_mappings[]>host_virtual_volume_mapping hosts[]>host id "
        "mapped_host_groups[]>host_volume_mapping name"
    ),
    "host_virtual_volume_mapping": (
        "host>host host_group>host_group host_group_id host_id id virtual_volume>virtual_volume virtual_volume_id"
    ),
    "host_volume_mapping": (
        "host>host host_group>host_group host_group_id host_id id logical_unit_number# volume>volume volume_id"
    ),
    "import_host_initiator": "id import_host_system_id iqn_or_wwn protocol",
    "import_host_system": (
        "agent_address agent_api_version agent_port# agent_status agent_type agent_version hosts[]>host id "
        "last_update_time os_type os_version user_name"
    ),
    "import_host_volume": (
        "active_path array_identifier array_type host_system_id id import_state is_migrating? last_update_time "
        "mount_paths[] naa_id name protocols[] size# status"
    ),
    "import_netapp": (
        "api_version id import_netapp_volumes[]>import_netapp_volume last_updated_timestamp management_address name "
        "serial_number state supported_import_type user_name"
    ),
    "import_netapp_volume": (
        "container_state id import_netapp>import_netapp import_netapp_id importable_criteria is_read_only? "
        "is_replication_destination? name size# state wwn"
    ),
    "import_psgroup": (
        "description group_address id import_psgroup_volumes[]>import_psgroup_volume last_update_time "
        "management_address name serial_number supported_import_type user_name"
    ),
    "import_psgroup_volume": (
        "block_size host_volume_ids[] id import_psgroup>import_psgroup import_psgroup_id importable_criteria "
        "is_online? is_read_only? migration_state name size# wwn"
    ),
    "import_session": (
        "automatic_cutover? average_transfer_rate# current_transfer_rate# description destination_resource_id "
        "destination_resource_type error. estimated_completion_timestamp global_storage_discovery_address id "
        "last_update_timestamp name parent_session_id progress_percentage# protection_policy_id "
        "remote_system>remote_system remote_system_id scheduled_timestamp source_resource_id state type "
        "volume_group_id"
    ),
    "import_storage_center": (
        "api_version id import_storage_center_consistency_groups[]>import_storage_center_consistency_group "
        "import_storage_center_volumes[]>import_storage_center_volume last_update_time management_address model name "
        "serial_number# status supported_import_type user_name"
    ),
    "import_storage_center_consistency_group": (
        "id import_storage_center>import_storage_center import_storage_center_id "
        "import_storage_center_volumes[]>import_storage_center_volume importable_criteria name"
    ),
    "import_storage_center_volume": (
        "health host_volume_ids[] id import_storage_center>import_storage_center "
        "import_storage_center_consistency_group>import_storage_center_consistency_group "
        "import_storage_center_consistency_group_id import_storage_center_consistency_group_names[] "
        "import_storage_center_id importable_criteria is_active? is_read_only? migration_state name size# wwn"
    ),
    "import_unity": (
        "api_version health id import_unity_consistency_groups[]>import_unity_consistency_group "
        "import_unity_volumes[]>import_unity_volume last_updated_timestamp management_address model name "
        "serial_number software_version supported_import_type user_name"
    ),
    "import_unity_consistency_group": (
        "id import_unity>import_unity import_unity_id import_unity_volumes[]>import_unity_volume importable_criteria "
        "name"
    ),
    "import_unity_volume": (
        "health host_volume_ids[] id import_unity>import_unity "
        "import_unity_consistency_group>import_unity_consistency_group import_unity_consistency_group_id "
        "import_unity_id importable_criteria is_replication_destination? is_thin_clone? migration_state name size# "
        "type wwn"
    ),
    "import_universal_consistency_group": "id importable_criteria name remote_system>remote_system remote_system_id",
    "import_universal_volume": (
        "block_size id import_universal_consistency_group_id importable_criteria name remote_system>remote_system "
        "remote_system_id size# wwn"
    ),
    "import_vmax": (
        "id import_vmax_storage_group[]>import_vmax_storage_group import_vmax_volumes[]>import_vmax_volume "
        "is_embedded? last_updated_timestamp management_address model port# supported_import_type symmetrix_id "
        "ucode_version unisphere_api_version user_name"
    ),
    "import_vmax_storage_group": (
        "id import_vmax>import_vmax import_vmax_id import_vmax_volume[]>import_vmax_volume importable_criteria name"
    ),
    "import_vmax_volume": (
        "block_size id import_vmax>import_vmax import_vmax_id import_vmax_storage_group>import_vmax_storage_group "
        "import_vmax_storage_group_id importable_criteria is_read_only? is_replication_destination? "
        "is_snap_vx_target? name size# state wwn"
    ),
    "import_vnx_array": (
        "alternate_management_address id import_vnx_consistency_groups[]>import_vnx_consistency_group "
        "import_vnx_volumes[]>import_vnx_volume is_faulted? last_updated_timestamp management_address model name "
        "serial_number software_version supported_import_type user_name"
    ),
    "import_vnx_consistency_group": (
        "id import_vnx_array>import_vnx_array import_vnx_array_id import_vnx_volumes[]>import_vnx_volume "
        "importable_criteria name"
    ),
    "import_vnx_volume": (
        "health host_volume_ids[] id import_vnx_array>import_vnx_array import_vnx_array_id "
        "import_vnx_consistency_group>import_vnx_consistency_group import_vnx_consistency_group_id "
        "importable_criteria migration_state name size# wwn"
    ),
    "import_xtremio": (
        "cluster_guid id import_xtremio_consistency_groups[]>import_xtremio_consistency_group "
        "import_xtremio_volumes[]>import_xtremio_volume last_updated_timestamp management_address name platform "
        "serial_number severity software_version state supported_import_type user_name xms_version"
    ),
    "import_xtremio_consistency_group": (
        "id import_xtremio>import_xtremio import_xtremio_id import_xtremio_volumes[]>import_xtremio_volume "
        "importable_criteria name"
    ),
    "import_xtremio_volume": (
        "certainty id import_xtremio>import_xtremio import_xtremio_consistency_group>import_xtremio_consistency_group "
        "import_xtremio_consistency_group_id import_xtremio_consistency_group_names[] import_xtremio_id "
        "importable_criteria is_read_only? is_replication_destination? name severity size# wwn"
    ),
    "initiator": (
        "active_sessions[]. chap_mutual_username chap_single_username host>host host_id id port_name port_type"
    ),
    "io_limit_rule": "burst_percentage# id max_bw# max_iops# name policies[]>policy type",
    "ip_pool_address": (
        "address appliance>appliance appliance_id id ip_port>ip_port ip_port_id name network>network network_id "
        "node>node node_id nvme_discovered_cdcs[]>nvme_discovered_cdc purposes[]"
    ),
    "ip_port": (
        "available_usages[] bond>bond bond_id current_usages[] eth_port>eth_port eth_port_id "
        "file_interfaces[]>file_interface fsn>fsn fsn_id id ip_pool_addresses[]>ip_pool_address partner>ip_port "
        "partner_id target_iqn veth_port>veth_port veth_port_id"
    ),
    "job": (
        "children[]>job end_time estimated_completion_time id leafs[]>job parent>job parent_id phase "
        "progress_percentage# resource_action resource_id resource_name resource_type response_body. response_status "
        "root>job root_id start_time state step_order# user"
    ),
    "kmip_config": "id is_enabled? port# server_timeout# servers[]. username",
    "ldap_account": "dn domain_id id name role_id type",
    "ldap_domain": (
        "bind_user domain_name group_member_attribute group_name_attribute group_object_class group_search_level# "
        "group_search_path id is_global_catalog? ldap_server_type ldap_servers[] ldap_timeout# port# protocol "
        "user_id_attribute user_object_class user_search_path"
    ),
    "license": "activation_file_content id is_licensed? license_type trial_expiration_timestamp",
    "local_user": (
        "id is_built_in? is_default_password? is_locked? is_mfa_bypass? mfa_alias name password_expiration_timestamp "
        "role_id"
    ),
    "login_banner": "banner_text id is_enabled?",
    "login_session": "id idle_timeout# is_built_in_user? is_password_change_required? role_ids[] user",
    "maintenance_window": "appliance>appliance appliance_id end_time id is_enabled?",
    "metrics_archive": "archive_from_timestamp archive_to_timestamp download_uri downloaded_timestamp id name size#",
    "mfa_cacpiv": "connection_timeout# crl_url id is_enabled? ocsp_url read_timeout#",
    "mfa_securid": "client_id connection_timeout# id is_enabled? name read_timeout# server_urls[] status",
    "migration_recommendation": (
        "created_timestamp estimated_cost# id migration_actions[]. request_parameters. rescan_host_list[] "
        "sessions_completed_timestamp sessions_created_timestamp state type"
    ),
    "migration_session": (
        "created_timestamp current_transfer_rate# destination_appliance_id estimated_completion_timestamp family_id "
        "id last_sync_timestamp name progress_percentage# replication_sessions[]>replication_session resource_type "
        "source_appliance_id state virtual_volumes[]>virtual_volume volume_groups[]>volume_group volumes[]>volume"
    ),
    "nas_server": (
        "backup_IPv4_interface_id backup_IPv6_interface_id current_node_id current_preferred_IPv4_interface_id "
        "current_preferred_IPv6_interface_id current_unix_directory_service default_unix_user default_windows_user "
        "description file_dhsm_configs[]>file_dhsm_config file_dnses[]>file_dns "
        "file_events_publishers[]>file_events_publisher file_events_publishing_mode file_ftps[]>file_ftp "
        "file_interfaces[]>file_interface file_kerberoses[]>file_kerberos file_ldaps[]>file_ldap "
        "file_ndmps[]>file_ndmp file_nises[]>file_nis file_systems[]>file_system "
        "file_virus_checkers[]>file_virus_checker id is_auto_user_mapping_enabled? is_dr_test? "
        "is_production_mode_enabled? is_replication_destination? is_username_translation_enabled? name "
        "nfs_servers[]>nfs_server operational_status performance_policy>policy performance_policy_id "
        "preferred_node_id production_IPv4_interface_id production_IPv6_interface_id protection_policy>policy "
        "protection_policy_id smb_servers[]>smb_server"
    ),
    "network": (
        "gateway id ip_pool_addresses[]>ip_pool_address ip_version mtu# name nvme_cdc_address nvme_cdc_port# "
        "nvme_discovery_mode prefix_length# purposes[] type vlan_id#"
    ),
    "nfs_export": (
        "anonymous_GID# anonymous_UID# datastores[]>datastore default_access description file_system>file_system "
        "file_system_id id is_no_SUID? min_security name nfs_owner_username no_access_hosts[] path read_only_hosts[] "
        "read_only_root_hosts[] read_write_hosts[] read_write_root_hosts[]"
    ),
    "nfs_server": (
        "credentials_cache_TTL# host_name id is_extended_credentials_enabled? is_joined? is_nfsv3_enabled? "
        "is_nfsv4_enabled? is_secure_enabled? is_use_smb_config_enabled? nas_server>nas_server nas_server_id "
        "service_principal_name"
    ),
    "node": "appliance>appliance appliance_id id ip_pool_addresses[]>ip_pool_address slot# veth_ports[]>veth_port",
    "ntp": "addresses[] id",
    "ntp_server": "address hash_function id key_id#",
    "nvme_discovered_cdc": (
        "id ip_pool_address>ip_pool_address ip_pool_address_id nvme_cdc_address nvme_cdc_connection_state "
        "nvme_cdc_nqn nvme_cdc_port#"
    ),
    "performance_rule": "id io_priority name policies[]>policy",
    "physical_switch": "connections[]>physical_switch_connection id name purpose",
    "policy": (
        "description file_io_limit_rule>file_io_limit_rule file_io_limit_rule_id file_systems[]>file_system "
        "file_systems_with_qos[]>file_system id io_limit_rule>io_limit_rule is_read_only? is_replica? managed_by "
        "managed_by_id name nas_servers[]>nas_server nas_servers_with_qos[]>nas_server "
        "performance_rules[]>performance_rule qos_volume_groups[]>volume_group qos_volumes[]>volume "
        "replication_groups[]>replication_group replication_rules[]>replication_rule snapshot_rules[]>snapshot_rule "
        "type virtual_machines[]>virtual_machine virtual_volumes[]>virtual_volume volume_groups[]>volume_group "
        "volumes[]>volume"
    ),
    "recycle_bin": (
        "appliance_id deletion_timestamp expiration_timestamp id logical_provisioned# logical_used# name resource_type"
    ),
    "recycle_bin_config": "expiration_duration# id",
    "remote_support": (
        "classification_choice connectivity_status id is_cloudiq_enabled? is_icw_configured? "
        "is_observability_enabled? is_rsc_enabled? is_software_autodownload_enabled? "
        "is_support_assist_license_accepted? last_update policy_manager_address policy_manager_port# proxy_address "
        "proxy_port# proxy_username remote_support_servers[]. support_assist_license_agreement_text type"
    ),
    "remote_support_contact": "email first_name id last_name phone",
    "remote_syslog_server": (
        "audit_types[] encryption id is_alert_events_included? is_enabled? port# protocol_type remote_server_address "
        "status"
    ),
    "remote_system": (
        "appliance_details[]. capabilities[] data_connection_state data_connection_type data_connections[]. "
        "data_network_latency description discovery_chap_mode fc_target_wwns[] file_connection_address "
        "file_connection_state id import_sessions[]>import_session "
        "import_universal_consistency_group[]>import_universal_consistency_group "
        "import_universal_volumes[]>import_universal_volume iscsi_addresses[] management_address management_port# "
        "name powerstore_data_network_configuration[]. ppdd_storage_unit_details. "
        "remote_snapshot_sessions[]>remote_snapshot_session remote_snapshots[]>remote_snapshot "
        "replication_rules[]>replication_rule replication_sessions[]>replication_session serial_number "
        "session_chap_mode snapshot_rules[]>snapshot_rule state "
        "storage_container_destinations[]>storage_container_destination type unity_file_details. user_name version "
        "vnx_file_username"
    ),
    "replication_group": (
        "child_replication_groups[]>replication_group creation_timestamp creator_type description id "
        "is_replication_destination? name parent>replication_group parent_id policies[]>policy "
        "source>replication_group source_id storage_container>storage_container storage_container_id "
        "target_replication_groups[]>replication_group virtual_machines[]>virtual_machine "
        "virtual_volumes[]>virtual_volume"
    ),
    "replication_rule": (
        "alert_threshold# id is_read_only? is_replica? managed_by managed_by_id name policies[]>policy "
        "remote_system>remote_system remote_system_id replication_sessions[]>replication_session rpo"
    ),
    "replication_session": (
        "data_connection_state data_transfer_state error_code estimated_completion_timestamp "
        "failover_test_in_progress? id last_sync_duration# last_sync_timestamp local_resource_id local_resource_state "
        "migration_session>migration_session next_sync_timestamp parent_replication_session_id progress_percentage# "
        "remote_resource_id remote_system>remote_system remote_system_id replication_rule>replication_rule "
        "replication_rule_id resource_type role state storage_element_pairs[]. type volume_groups[]>volume_group "
        "volumes[]>volume witness_details."
    ),
    "role": "description id is_built_in? name",
    "sas_port": (
        "appliance>appliance appliance_id hardware_parent>hardware hardware_parent_id id io_module>hardware "
        "io_module_id is_in_use? is_link_up? name node>hardware node_id partner>sas_port partner_id port_index# "
        "sfp>hardware sfp_id speed stale_state"
    ),
    "security_config": (
        "cert_user_name_policy default_mfa_service. id idle_timeout# is_fips_enabled? is_http_redirect_enabled? "
        "is_stig_enabled? protocol_mode vasa_retain_certificate?"
    ),
    "service_config": "appliance_id id is_ssh_enabled?",
    "service_user": "id is_built_in? is_default_password? name",
    "smb_server": (
        "computer_name description domain id is_joined? is_standalone? nas_server>nas_server nas_server_id "
        "netbios_name workgroup"
    ),
    "smb_share": (
        "description file_system>file_system file_system_id id is_ABE_enabled? is_branch_cache_enabled? "
        "is_continuous_availability_enabled? is_encryption_enabled? name offline_availability path umask"
    ),
    "smtp_config": "address id port# source_email",
    "snapshot_rule": (
        "days_of_week[] desired_retention# id interval is_read_only? is_replica? is_secure? managed_by managed_by_id "
        "name nas_access_type policies[]>policy remote_snapshot_sessions[]>remote_snapshot_session "
        "remote_system>remote_system remote_system_id time_of_day timezone"
    ),
    "snmp_server": (
        "alert_severity auth_protocol id ip_address port# privacy_protocol trap_community user_name version"
    ),
    "software_installed": (
        "appliance>appliance build_flavor build_id build_type build_version id installed_date is_cluster? "
        "release_timestamp release_version"
    ),
    "software_package": (
        "build_flavor build_id build_type build_version dependent_version id installed_date is_autodownloaded? "
        "is_reboot_required? is_urgent? kb_article_link name release_timestamp release_version size# "
        "software_package_state software_package_type"
    ),
    "storage_container": (
        "datastores[]>datastore destinations[]>storage_container_destination id name quota# "
        "replication_groups[]>replication_group storage_protocol virtual_volumes[]>virtual_volume"
    ),
    "storage_container_destination": (
        "id remote_storage_container_id remote_system>remote_system remote_system_id "
        "storage_container>storage_container storage_container_id"
    ),
    "vcenter": (
        "address datastores[]>datastore id instance_uuid is_verify_server_cert? username vendor_provider_status "
        "version virtual_machines[]>virtual_machine vsphere_hosts[]>vsphere_host"
    ),
    "veth_port": (
        "appliance>appliance appliance_id current_mtu# current_speed# id ip_ports[]>ip_port is_link_up? mac_address "
        "name node>node node_id partner>veth_port partner_id vswitch_name vswitch_port_group_name vswitch_port_id# "
        "vswitch_port_name"
    ),
    "virtual_machine": (
        "children[]>virtual_machine cpu_count# datastores[]>datastore description guest_os id instance_uuid "
        "is_consistent? is_consistent_snaps_supported? memory_mb# name parent>virtual_machine parent_id power_state "
        "protection_data. protection_policy>policy protection_policy_id replication_group>replication_group "
        "replication_group_id status type vcenter>vcenter vcenter_id vcenter_instance_uuid "
        "virtual_volumes[]>virtual_volume vsphere_host[]>vsphere_host vsphere_object_id"
    ),
    "virtual_volume": (
        "appliance>appliance appliance_id child_virtual_volumes[]>virtual_volume creation_timestamp creator_type "
        "family_id host_virtual_volume_mappings[]>host_virtual_volume_mapping id io_priority is_readonly? "
        "is_replication_destination? location_history[]. migration_session>migration_session migration_session_id "
        "naa_name name nguid nsid# parent>virtual_volume parent_id profile_id protection_policy>policy "
        "protection_policy_id replication_group>replication_group replication_group_id size# source>virtual_volume "
        "source_id source_timestamp storage_container>storage_container storage_container_id "
        "target_virtual_volumes[]>virtual_volume type usage_type virtual_machine_uuid "
        "virtual_machines[]>virtual_machine"
    ),
    "volume": (
        "app_type app_type_other appliance>appliance appliance_id creation_timestamp "
        "current_remote_snapshot_sessions[]>remote_snapshot_session datastores[]>datastore description id "
        "is_host_access_available? is_replication_destination? location_history[]. logical_used# "
        "mapped_volumes[]>host_volume_mapping metro_replication_session_id migration_session>migration_session "
        "migration_session_id name nguid node_affinity nsid# performance_policy_id protection_data. "
        "protection_policy>policy protection_policy_id qos_performance_policy>policy qos_performance_policy_id "
        "remote_snapshot_sessions[]>remote_snapshot_session remote_snapshots[]>remote_snapshot "
        "replication_sessions[]>replication_session size# state type volume_groups[]>volume_group wwn"
    ),
    "volume_group": (
        "creation_timestamp current_remote_snapshot_sessions[]>remote_snapshot_session description id "
        "is_host_access_available? is_importing? is_protectable? is_replication_destination? "
        "is_write_order_consistent? location_history[]. metro_replication_session_id "
        "migration_session>migration_session migration_session_id name placement_rule protection_data. "
        "protection_policy>policy protection_policy_id qos_performance_policy>policy qos_performance_policy_id "
        "remote_snapshot_sessions[]>remote_snapshot_session remote_snapshots[]>remote_snapshot "
        "replication_sessions[]>replication_session type volumes[]>volume"
    ),
    "vsphere_host": (
        "build datastores[]>datastore hosts[]>host id license_assignments[]>vsphere_host_license_assignment name "
        "vcenter>vcenter vcenter_id version virtual_machines[]>virtual_machine vsphere_object_id"
    ),
    "vsphere_host_license_assignment": (
        "edition_key expiration_date id license_key name vsphere_host>vsphere_host vsphere_host_id"
    ),
    "witness": "address connections[]. description id name state uuid",
    "x509_certificate": "id is_current? is_valid? members[]. scope service type",
}

# Collections that take neither filters nor an order nor pages.
UNFILTERED = frozenset(
    (
        "cert_role_mapping",
        "chap_config",
        "cluster",
        "discovered_appliance",
        "discovered_initiator",
        "file_import_nas_server",
        "kmip_config",
        "ldap_account",
        "ldap_domain",
        "local_user",
        "login_banner",
        "login_session",
        "mfa_cacpiv",
        "mfa_securid",
        "ntp",
        "role",
        "security_config",
        "service_config",
        "service_user",
        "x509_certificate",
    )
)
