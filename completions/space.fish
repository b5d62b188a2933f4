complete --keep-order --exclusive --command space --arguments "(COMPLETE=fish space -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
