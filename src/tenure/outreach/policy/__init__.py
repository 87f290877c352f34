"""The rules of the gate as a workspace keeps them: every change is a new version, and decisions name theirs."""
