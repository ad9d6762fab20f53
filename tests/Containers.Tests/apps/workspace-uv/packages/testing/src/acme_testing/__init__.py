HELPS = "tests"
