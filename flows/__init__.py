"""Prefect: flows, deployments, automations and artifacts. The only importer of prefect."""
