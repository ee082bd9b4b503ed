"""The demo district: built from the workbooks in ``examples/`` through the services the office itself uses."""
