# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the array, its networks, certificates and the systems around it."""

from __future__ import annotations

from typing import Any

from tests.conformance.powerstore_sdk.record import names, refused


def settings(array: Any) -> Any:
    """Read and change what every array has once."""
    calls = array.config_mgmt
    calls.modify_dns_details("DNS1", {"addresses": ["192.0.2.61"]})
    calls.modify_ntp_details("NTP1", {"addresses": ["192.0.2.62"]})
    calls.modify_smtp_config_details("0", {"address": "192.0.2.63", "port": None, "source_email": None})
    calls.modify_chap_config("0", "Single")
    calls.modify_service_config("A1", is_ssh_enabled=True)
    calls.modify_service_user("1", "Password456!")
    calls.modify_security_config("1", "TLSv1_2")
    found = {
        "dns": calls.get_dns_details(calls.get_dns_list()[0]["id"])["addresses"],
        "ntp": calls.get_ntp_details(calls.get_ntp_list()[0]["id"])["addresses"],
        "smtp": calls.get_smtp_config_details(calls.get_smtp_configs()[0]["id"]),
        "chap": calls.get_chap_config_details(calls.get_chap_configs({"mode": "eq.Single"})[0]["id"])["mode"],
        "ssh": calls.get_service_configs({"is_ssh_enabled": "eq.True"})[0]["is_ssh_enabled"],
        "appliance": calls.get_service_config_by_appliance_id("A1")[0]["id"],
        "service": calls.get_service_user_by_name("service")[0]["id"],
        "users": names(calls.get_service_users({"is_built_in": "eq.True"})),
        "idle": calls.get_security_config_details("1")["idle_timeout"],
        "security": calls.get_security_configs({"protocol_mode": "eq.TLSv1_2"}),
    }
    calls.modify_chap_config("0", "Disabled")
    return found


def support(array: Any) -> Any:
    """Change who helps, and how."""
    calls = array.config_mgmt
    contact = {"first_name": "Ada", "last_name": None, "email": "ada@example.com", "phone": None}
    calls.modify_remote_support_contact_details("0", contact)
    calls.modify_remote_support_details("0", {"type": "Disabled", "is_rsc_enabled": False}, is_async=False)
    job = calls.modify_remote_support_details("0", {"is_cloudiq_enabled": False}, is_async=True)
    return {
        "contact": calls.get_remote_support_contact_details(calls.get_remote_support_contact_list()[0]["id"]),
        "type": calls.get_remote_support_details(calls.get_remote_support_list()[0]["id"])["type"],
        "job": array.provisioning.get_job_details(job["id"])["resource_action"],
        "tests": [
            refused(calls.test_smtp_config, "0", {"email_address": "ada@example.com"}),
            refused(calls.verify_remote_support_config, "0", {"type": "Disabled"}),
            refused(calls.test_remote_support_config, "0"),
        ],
    }


def cluster(array: Any) -> Any:
    """Read the cluster, its nodes and space; rename it."""
    calls = array.config_mgmt
    key = calls.get_clusters()[0]["id"]
    calls.modify_cluster(key, physical_mtu=9000, name="sdk-cluster")
    space = array.metrics.get_performance_metrics("space_metrics_by_cluster", key, "Five_Mins")
    logging = array.metrics.is_logging_enabled()
    found = calls.get_cluster_details(calls.get_cluster_by_name("sdk-cluster")[0]["id"])
    return {
        "cluster": [found["name"], found["physical_mtu"]],
        "listed": array.provisioning.get_cluster_list()[0]["name"],
        "filtered": names(calls.get_clusters({"physical_mtu": "gt.1500"})),
        "nodes": names(array.provisioning.get_nodes()),
        "appliance": names(calls.get_appliance_details("A1")["hardware"])[:1],
        "appliances": names(calls.get_appliances({"name": "ilike.emulated*"})),
        "by_name": calls.get_appliance_by_name("emulated-appliance-1")[0]["model"],
        "discovered": calls.get_discovered_appliances({"is_local": "eq.True"}),
        "version": array.provisioning.get_array_version(),
        "total": space[-1]["physical_total"],
        "logging": logging,
    }


def networks(array: Any) -> Any:
    """Change networks, synchronously and not, and their ports."""
    calls = array.config_mgmt
    storage = calls.get_networks({"type": "eq.Storage"})[0]
    job = calls.modify_network(storage["id"], {"mtu": 1500}, is_async=True)
    calls.modify_network(storage["id"], {"name": "sdk-storage", "vlan_id": 20, "prefix_length": 24})
    found = calls.get_network_by_name("sdk-storage")[0]
    address = calls.get_ip_pool_address({"network_id": f"eq.{storage['id']}"})[0]["address"]
    calls.modify_network(storage["id"], {"add_addresses": ["198.51.100.61"], "remove_addresses": [address]})
    targets = calls.get_ip_pool_address({"purposes": "cs.{Storage_Iscsi_Target}"})
    port = calls.get_ip_port_details(targets[0]["ip_port_id"])
    return {
        "changed": [found["vlan_id"], found["prefix_length"], found["type"]],
        "job": array.provisioning.get_job_details(job["id"])["resource_type"],
        "type": calls.get_network_details("NW1")["type"],
        "addresses": len(calls.get_ip_pool_address()),
        "targets": [one["address"] for one in targets if one["address"] in ("198.51.100.61", address)],
        "port": port["current_usages"],
        "scale": refused(calls.add_remove_ports, storage["id"], ["IP_PORT1"], ["IP_PORT2"]),
    }


def certificates(array: Any) -> Any:
    """Read certificates and import one."""
    calls = array.config_mgmt
    listed = calls.get_certificates({"service": "eq.Management_HTTP", "type": "eq.Server"})
    found = calls.get_certificate_details(listed[0]["id"])
    text = found["members"][-1]["certificate"]
    pem = f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"
    entry = {"type": "CA_Client_Validation", "service": "VASA_HTTP", "certificate": pem, "scope": ""}
    made = calls.create_certificate(entry)
    calls.modify_certificate(found["id"], {"is_current": True})
    unscoped = refused(calls.create_certificate, {**entry, "service": "LDAP_HTTP"})
    peer = {"service": "Replication_HTTP", "address": "192.0.2.1", "username": "admin", "password": "wrong"}
    return {
        "members": sorted(found["members"][0])[:3],
        "made": calls.get_certificate_details(made["id"])["service"],
        "changed": refused(calls.modify_certificate, made["id"], {"is_current": True}),
        "unscoped": unscoped,
        "exchange": refused(calls.exchange_certificate, peer),
        "reset": refused(calls.reset_certificates, {"service": "VASA_HTTP"}),
        "count": len(calls.get_certificates(all_pages=True)),
    }


def users(array: Any) -> Any:
    """Make, change and delete a local user; read roles."""
    calls = array.config_mgmt
    operator = calls.get_role_by_name("Operator")["id"]
    made = calls.create_local_user({"name": "sdk.user", "password": "Password123!", "role_id": operator})
    change = {"role_id": "2", "password": "Password456!", "current_password": "Password123!"}
    calls.modify_local_user(made["id"], {**change, "is_locked": True})
    found = calls.get_local_user_details(made["id"])
    locked = names(calls.get_local_users({"is_locked": "eq.True"}))
    calls.delete_local_user(made["id"])
    return {
        "role": [found["role_id"], calls.get_role_details(found["role_id"])["name"]],
        "locked": locked,
        "built_in": len(calls.get_roles({"is_built_in": "eq.True"})),
        "left": calls.get_local_user_by_name("sdk.user"),
    }


def directories(array: Any) -> Any:
    """An LDAP domain and an account of it."""
    calls = array.config_mgmt
    domain = calls.create_ldap_domain_configuration(
        {
            "domain_name": "sdk.example.com",
            "ldap_servers": ["192.0.2.70"],
            "protocol": "LDAP",
            "ldap_server_type": "OpenLDAP",
            "bind_user": "cn=admin,dc=example,dc=com",
            "bind_password": "Password123!",
            "user_search_path": "dc=example,dc=com",
            "group_search_path": "dc=example,dc=com",
            "ldap_timeout": 30000,
        }
    )["id"]
    calls.modify_ldap_domain_configuration(domain, {"ldap_servers": ["192.0.2.71"], "port": 1389})
    found = calls.get_ldap_domain_configuration_details_by_name("sdk.example.com")
    account = calls.create_ldap_account({"domain_id": domain, "name": "sdk.user", "type": "User", "role_id": "2"})["id"]
    calls.modify_ldap_account_details(account, {"role_id": "3"})
    role = calls.get_ldap_account_details_by_name("sdk.user")["role_id"]
    filtered = [
        names(calls.get_ldap_account_list({"type": "eq.User"})),
        [one["domain_name"] for one in calls.get_ldap_domain_configuration_list({"protocol": "eq.LDAP"})],
    ]
    verified = refused(calls.verify_ldap_domain_configuration, domain)
    calls.delete_ldap_account(account)
    calls.delete_ldap_domain_configuration(domain)
    return {
        "servers": found["ldap_servers"],
        "port": found["port"],
        "role": role,
        "filtered": filtered,
        "verify": verified,
        "left": [calls.get_ldap_account_list(), calls.get_ldap_domain_configuration_list()],
    }


def notifications(array: Any) -> Any:
    """Where alerts go: mail and SNMP."""
    calls, snmp = array.config_mgmt, array.snmp_server
    mail = {"email_address": "sdk@example.com", "notify_critical": True, "notify_major": None, "notify_info": None}
    made = calls.create_destination_email(mail)["id"]
    calls.modify_destination_email_details(made, {"notify_minor": True, "notify_info": True})
    found = calls.get_destination_email_details(calls.get_destination_email_by_address("sdk@example.com")[0]["id"])
    tested = refused(calls.test_destination_email, made)
    calls.delete_destination_email(made)
    trap = {"ip_address": "192.0.2.80", "port": 162, "version": "V2c", "alert_severity": "Major"}
    manager = snmp.create_snmp_server({**trap, "trap_community": "sdk"})["id"]
    snmp.modify_snmp_server(manager, {"port": 1620, "alert_severity": "Critical", "user_name": None})
    changed = snmp.get_snmp_server_details(manager)
    snmp.delete_snmp_server(manager)
    return {
        "mail": [found["notify_critical"], found["notify_minor"], found["notify_info"]],
        "test": tested,
        "snmp": [changed["port"], changed["alert_severity"], changed["trap_community"]],
        "left": [calls.get_destination_emails(), snmp.get_snmp_server_list()],
    }


def vsphere(array: Any) -> Any:
    """A vCenter, and storage containers for it."""
    calls = array.config_mgmt
    added = calls.add_vcenter({"address": "192.0.2.90", "username": "sdk@vsphere.local", "password": "Password123!"})
    changed = calls.modify_vcenter(added["id"], {"username": "other@vsphere.local", "password": "Password456!"})
    listed = [one["address"] for one in calls.get_vcenters()]
    calls.remove_vcenter(added["id"], delete_vasa_provider=True)
    made = calls.create_storage_container({"name": "sdk-container", "quota": 20 * 1024**3, "storage_protocol": "NVMe"})
    calls.modify_storage_container_details(made["id"], {"name": "sdk-renamed", "quota": 0})
    found = calls.get_storage_container_details_by_name("sdk-renamed")
    remote = array.protection.get_remote_system_by_name("remote1")[0]["id"]
    place = {"remote_system_id": remote, "remote_storage_container_id": "far", "storage_container_id": made["id"]}
    destination = calls.create_storage_container_destination(place)["id"]
    there = calls.get_storage_container_destination_details(destination)
    destinations = len(calls.get_storage_container_destination_list())
    calls.delete_storage_container_destination(destination)
    calls.delete_storage_container(made["id"], {"force": True})
    return {
        "vcenter": [changed["username"], *listed],
        "container": [found["quota"], found["storage_protocol"]],
        "destination": [there["storage_container"]["name"], there["remote_system"]["name"], destinations],
        "volumes": calls.get_virtual_volume_list(),
        "left": names(calls.get_storage_container_list()),
    }
