"""The verb of the audit log, for whoever stands outside: write down what was done."""

from tenure.directory.audit.repository import Change as Change
from tenure.directory.audit.repository import record as record
