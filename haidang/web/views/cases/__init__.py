"""Pages of the desk, one module per page. Never: decides a right, writes but through `haidang.cases.actions`."""
